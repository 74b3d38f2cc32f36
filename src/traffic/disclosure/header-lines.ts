import type { Headers } from "../../model/exchange.ts";
import { lookedAt } from "./body-texts.ts";

/** Lines that are looked at. */
const most = 300;

/** The lines of an answer's fields, as far as they are looked at: the first, and of them no more characters than of a body. */
export function* headerLines(headers: Headers): Generator<readonly [name: string, value: string]> {
  let left = lookedAt;
  for (const [name, value] of headers.lines().slice(0, most)) {
    yield [name, value.slice(0, left)];
    left = Math.max(0, left - value.length);
  }
}
