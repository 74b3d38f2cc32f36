import { foreign } from "./layout.ts";

/** What shares a reason on one line: `needs a body: auth/none, auth/order`. */
export function byReason(some: readonly { readonly name: string; readonly reason: string }[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, reason } of some) names.set(reason, [...(names.get(reason) ?? []), name]);
  return [...names].map(([reason, alike]) => `${foreign(reason, 240)}: ${alike.join(", ")}`);
}
