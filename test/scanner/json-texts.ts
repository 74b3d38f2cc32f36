import fc from "fast-check";
import { fieldPaths } from "../../src/sources/entry-fields.ts";

/** JSON as it may be written: members in any order, some of them twice. */
type Tree = string | number | boolean | null | readonly Tree[] | Members;
interface Members {
  readonly members: readonly (readonly [string, Tree])[];
}

const known = [...new Set(fieldPaths.flat())];
const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: fc.constantFrom("\\", '"', "a", "\n", "\u0000", "é", "😀", "{", "}", "[", ",", "/"), maxLength: 140 }),
  fc.constantFrom(
    "",
    "x".repeat(15),
    "x".repeat(16),
    "x".repeat(63),
    "x".repeat(200),
    '\\"'.repeat(70),
    "\\".repeat(33),
    '{"log":{"entries":[{}]}}',
  ),
);
const names = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, fc.constantFrom("entries", "__proto__", "x", "requesz"), texts);
const { tree, object } = fc.letrec<{ tree: Tree; list: Tree[]; object: Members }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("tree"), { maxLength: 4 }),
  object: fc.array(fc.tuple(names, tie("tree")), { maxLength: 6 }).map((members) => ({ members })),
}));

/** How a tree is written: without any freedom, or with white space and escapes by chance. */
const styles = fc.option(fc.integer({ min: 1 }), { nil: undefined });

/** The text of an object, which is an entry by some of its names. */
export const objectTexts = fc.tuple(object, styles).map(([value, seed]) => write(value, freedom(seed)));
/** The text of any value. */
const valueTexts = fc.tuple(tree, styles).map(([value, seed]) => write(value, freedom(seed)));

const tokens = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"a"',
  '"b\\"\\\\"',
  "0",
  "1",
  "-",
  ".",
  "e",
  "+",
  "true",
  "nul",
  "null",
  "false",
  " ",
  "x",
  "\\",
  '"',
];
/** A few tokens in a row: mostly no JSON. */
const tokenTexts = fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 8 }).map((list) => list.join(""));
const pieces = [...tokens, "\u0001", "\n", "\\u12", "\\q", "é", ""];

/** A text with a piece put in, or in the place of others. */
export function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), fc.constantFrom(...pieces))
    .map(([text, share, count, put]) => {
      const at = Math.floor(share * text.length);
      return text.slice(0, at) + put + text.slice(at + count);
    });
}

/** Texts of which some are JSON. */
export const anyTexts = fc.oneof(valueTexts, damaged(valueTexts), tokenTexts);

interface Freedom {
  readonly space: () => string;
  /** A character of a string. */
  readonly spell: (char: string) => string;
}

function freedom(seed: number | undefined): Freedom {
  if (seed === undefined) return { space: () => "", spell: plainly };
  let state = seed;
  const roll = (sides: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % sides;
  };
  const spaces = ["", "", "", " ", "\n", "\t", "\r\n", `\n${" ".repeat(roll(40))}`];
  return {
    space: () => spaces[roll(spaces.length)] as string,
    spell: (char) => (roll(12) > 0 ? plainly(char) : [...Array(char.length).keys()].map((i) => hex(char.charCodeAt(i))).join("")),
  };
}

function plainly(char: string): string {
  return JSON.stringify(char).slice(1, -1);
}

function hex(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

function write(value: Tree, { space, spell }: Freedom): string {
  const text = (plain: string) => `"${[...plain].map(spell).join("")}"`;
  const any = (part: Tree): string => {
    if (typeof part === "string") return text(part);
    if (typeof part !== "object" || part === null) return JSON.stringify(part);
    if ("members" in part)
      return `{${space()}${part.members.map(([name, own]) => `${text(name)}${space()}:${space()}${any(own)}${space()}`).join(`,${space()}`)}}`;
    return `[${space()}${part.map((own) => `${any(own)}${space()}`).join(`,${space()}`)}]`;
  };
  return any(value);
}
