import { isUtf8 } from "node:buffer";
import { quoteLiteral, type ShellWords } from "./shell-words.ts";

/** How a shell gives curl a body. */
export interface ShellBody {
  /** What is written before curl, with its pipe; "" = nothing. */
  readonly pipe: string;
  /** curl's option and its value. */
  readonly option: string;
}

/** Longer bodies do not fit into a line; padding is written by its length. */
const longest = 4096;

/** A body that no shell can read anything into, and that comes out byte by byte. */
export function shellBody(bytes: Buffer, words: ShellWords): ShellBody {
  if (bytes.length <= longest && isPlain(bytes)) {
    const text = bytes.toString();
    return { pipe: "", option: `${text.startsWith("@") ? "--data-raw" : "--data-binary"} ${words.quote(text)}` };
  }
  const parts: string[] = [];
  for (const [start, end] of runsOf(bytes, longest)) {
    const part = bytes.subarray(start, end);
    if (part.length <= longest) parts.push(printBytes(part, words));
    else if (part.every((byte) => byte === part[0]))
      parts.push(`head -c ${part.length} /dev/zero | tr '\\0' ${quoteLiteral(`\\${(part[0] as number).toString(8).padStart(3, "0")}`)}`);
    else return { pipe: "", option: `--data-binary @body # ${bytes.length} bytes, as they stand in the recording` };
  }
  const source = parts.length === 1 ? parts[0] : `{ ${parts.join("; ")}; }`;
  return { pipe: `${source} | `, option: "--data-binary @-" };
}

function printBytes(bytes: Buffer, words: ShellWords): string {
  if (isPlain(bytes)) return `printf '%s' ${words.quote(bytes.toString())}`;
  return `printf '%b' ${quoteLiteral([...bytes].map((byte) => `\\0${byte.toString(8).padStart(3, "0")}`).join(""))}`;
}

function isPlain(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** Bytes in parts: each run of one byte that is longer than `least`, and what lies between. */
function runsOf(bytes: Buffer, least: number): [start: number, end: number][] {
  const parts: [number, number][] = [];
  let from = 0;
  for (let start = 0, end = 0; start < bytes.length; start = end) {
    while (end < bytes.length && bytes[end] === bytes[start]) end++;
    if (end - start <= least) continue;
    if (start > from) parts.push([from, start]);
    parts.push([start, end]);
    from = end;
  }
  if (from < bytes.length) parts.push([from, bytes.length]);
  return parts;
}
