import type { Reply } from "./ask.ts";

/** What an answer says was made or changed: its Location, or the id in its body; undefined = it does not say. */
export function whatWasMade(reply: Reply): string | undefined {
  const location = reply.header("location");
  if (location !== undefined) return location;
  const body = reply.json();
  const id = typeof body === "object" && body !== null ? (body as { id?: unknown }).id : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}
