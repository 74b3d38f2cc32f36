import { remembered } from "./remembered.ts";

/** Characters that stand for others: `sk-...abcd`, `****1234`, `<token>`, `{{key}}`. */
const stood = /\.\.|…|\*{2}|•|\u25cf|x{4}|#{3}|^[<{[(].*[>})\]]$/i;

/** Words that a real secret does not hold, save by chance. */
const made = /example|placeholder|dummy|sample|your[_-]|redacted|masked|changeme/i;

/** A word, or up to three: `invalid_token`, `YOUR_API_KEY`, `undefined`. */
const words = /^[a-z]+(?:[-_. ][a-z]+){0,2}$/i;

/** True for what stands in a secret's place in documentation, in masked output and in careless clients: it gives nothing away. */
export const isPlaceholder = remembered((value) => stood.test(value) || made.test(value) || words.test(value) || new Set(value).size < 5);
