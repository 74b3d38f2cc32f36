import type { CutFault } from "./cut.ts";
import type { Window } from "./window.ts";

const har = "export the traffic as HAR (HTTP Archive 1.2)";

/** Looks at a capture's first bytes: moves the window past a byte order mark, and names what is no capture at all. */
export async function sniffStart(window: Window): Promise<CutFault | undefined> {
  while (window.end - window.pos < 512 && (await window.more()));
  const bytes = window.bytes.subarray(window.pos, window.end);
  const end = bytes.length;
  if (end === 0) return fault(0, "the capture is empty", `${har}, or check the command that wrote the file`);
  if (end >= 4 && bytes.readUInt32BE(0) === 0x504b0304) {
    const trace = bytes.includes(".trace") || bytes.includes("trace.network");
    return trace
      ? fault(
          0,
          "this is a zip archive, by its content a Playwright trace, not a HAR capture",
          "record with recordHar (a .har file) instead of tracing",
        )
      : fault(0, "this is a zip archive, not a HAR capture", "unpack it and give the .har file in it");
  }
  const wide = wideEncoding(bytes, end);
  if (wide !== undefined)
    return fault(0, `the capture is ${wide} text, not UTF-8`, `convert it: iconv -f ${wide} -t UTF-8 capture.har > utf8.har`);
  if (end >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) window.pos += 3;
  return sniffText(window);
}

async function sniffText(window: Window): Promise<CutFault | undefined> {
  for (;;) {
    while (window.pos < window.end && " \t\r\n".includes(String.fromCharCode(window.bytes[window.pos] as number))) window.pos++;
    if (window.pos < window.end) break;
    if (!(await window.more())) return fault(0, "the capture is empty: it holds nothing but white space", har);
  }
  if (window.bytes[window.pos] === 123) return undefined;
  const start = window.bytes.toString("latin1", window.pos, Math.min(window.end, window.pos + 300));
  const [message, advice] = nameText(start);
  return fault(window.offsetOf(window.pos), message, advice);
}

function nameText(start: string): [message: string, advice: string] {
  if (/^<!doctype html|^<html/i.test(start)) return ["this is an HTML page, not a HAR capture", har];
  if (start.startsWith("<")) return ["this is XML or HTML, not a HAR capture", har];
  if (/^[\w$.]+\s*\(/.test(start))
    return [
      "this capture is wrapped in a JavaScript call (JSONP, as in .harp files)",
      "remove the call and its closing bracket, so that the file is plain JSON",
    ];
  if (start.startsWith("["))
    return [
      "this is a JSON list, not a HAR capture",
      "a list of HAR entries can be read as NDJSON: jq -c '.[]' capture.json > capture.ndjson",
    ];
  if (/^(?:---|%YAML|["\w-]+:(?:\s|$))/.test(start)) return ["this looks like YAML, not a HAR capture", `${har}; HAR is JSON`];
  const shown = /^[\x21-\x7e]/.test(start)
    ? `it begins with ${JSON.stringify(start.slice(0, 12))}`
    : `it begins with byte 0x${start.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return [`this is not JSON, so no HAR capture: ${shown}`, har];
}

/** UTF-16 or UTF-32 by byte order mark or by the zero bytes beside ASCII. */
function wideEncoding(bytes: Buffer, end: number): string | undefined {
  const at = (index: number) => (index < end ? bytes[index] : 1);
  if (at(0) === 0xff && at(1) === 0xfe) return at(2) === 0 && at(3) === 0 ? "UTF-32LE" : "UTF-16LE";
  if (at(0) === 0xfe && at(1) === 0xff) return "UTF-16BE";
  if (at(0) === 0 && at(1) === 0 && at(2) === 0) return "UTF-32BE";
  if (at(0) === 0 && at(1) !== 0 && end >= 2) return "UTF-16BE";
  if (at(0) !== 0 && at(1) === 0) return at(2) === 0 ? "UTF-32LE" : "UTF-16LE";
  return undefined;
}

function fault(offset: number, message: string, advice: string): CutFault {
  return { severity: "error", offset, line: 1, message, advice };
}
