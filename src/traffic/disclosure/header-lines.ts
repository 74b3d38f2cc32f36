import type { Headers } from "../../model/exchange.ts";
import { lookedAt } from "./body-texts.ts";

/** Lines that are looked at. */
const most = 300;

/** The lines of an answer's fields, as far as they are looked at: the first, and of them no more characters than of a body. */
export function headerLines(headers: Headers): readonly (readonly [name: string, value: string])[] {
  const lines = headers.lines();
  if (lines.length <= most && lines.reduce((sum, [, value]) => sum + value.length, 0) <= lookedAt) return lines;
  let left = lookedAt;
  return lines.slice(0, most).map(([name, value]) => {
    const start = value.slice(0, left);
    left = Math.max(0, left - value.length);
    return [name, start];
  });
}
