import type { CST } from "yaml";
import { lazily } from "../syntax/lazily.ts";
import type { FileKind } from "./file-kind.ts";

/** Levels of a file's values. */
export const deepest = 64;
export const tooDeep = `is nested more than ${deepest} levels deep`;

/** Words, marks, spaces and line ends of YAML, about four to a value. What comes after needs up to 30 µs and 2 kB for each. */
const mostLexemes = 100_000;
/** What is open at one time: the levels, the document and a scalar. The composer goes down by recursion, which must not come near the stack's end. */
const mostOpen = deepest + 36;

/** The tokens of a YAML text; or, as soon as it shows, why they are too many. */
export function cutTokens(text: string, kind: FileKind): CST.Token[] | string {
  const { Lexer, Parser } = lazily.yaml();
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > mostLexemes) return `holds more than ${mostLexemes} tokens of YAML, which no ${kind.noun} does`;
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > mostOpen) return tooDeep;
  }
  tokens.push(...parser.end());
  return tokens;
}
