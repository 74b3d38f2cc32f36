import type { HeaderLine } from "../recording/header-line.ts";

/** What belongs to one connection, and is not passed on (RFC 9110, 7.6.1). Transfer-Encoding is: both sides are framed alike. */
const ofConnection = ["connection", "keep-alive", "proxy-connection", "te", "upgrade"];
/** What frames a message, which no Connection field may take out. */
const framing = ["transfer-encoding", "content-length", "host"];

/** Names and values in turn, as Node gives them. */
export function pairUp(raw: readonly string[]): HeaderLine[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}

/** The lines that go beyond a connection, in their order. */
export function endToEnd(lines: readonly HeaderLine[]): HeaderLine[] {
  const named = new Set(valuesOf(lines, "connection").flatMap((value) => value.toLowerCase().split(/[\s,]+/)));
  return lines.filter(([name]) => {
    const lower = name.toLowerCase();
    return !ofConnection.includes(lower) && (framing.includes(lower) || !named.has(lower));
  });
}

/** All values of a field. */
export function valuesOf(lines: readonly HeaderLine[], name: string): string[] {
  return lines.flatMap(([each, value]) => (each.toLowerCase() === name ? [value] : []));
}

/** A request's lines as the target is sent them: its own Host, in the place of the client's. */
export function requestLines(lines: readonly HeaderLine[], authority: string): HeaderLine[] {
  const host = ["Host", authority] as const;
  const passed = endToEnd(lines);
  const at = passed.findIndex(([name]) => name.toLowerCase() === "host");
  const others = passed.filter(([name]) => name.toLowerCase() !== "host");
  const all: HeaderLine[] =
    at < 0 ? [host, ...others] : [...others.slice(0, at), [passed[at]?.[0] ?? "Host", authority], ...others.slice(at)];
  // A client that takes trailers gets them: this side takes them as well.
  const takesTrailers = valuesOf(lines, "te").some((value) => /(?:^|,)\s*trailers\b/i.test(value));
  return takesTrailers ? [...all, ["TE", "trailers"], ["Connection", "TE, keep-alive"]] : all;
}
