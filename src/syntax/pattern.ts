import type { RE2JS } from "re2js";
import { lazily } from "./lazily.ts";
import { plainPattern } from "./plain-pattern.ts";
import { remembered } from "./remembered.ts";

/**
 * Only so much of a text is matched, as if it ended there: linear time still costs seconds where a pattern
 * counts far (`[^x]{1000}$`) and the text is long.
 */
const mostMatched = 10_000;

/** A regular expression that runs in linear time whatever the text, over a text's first 10,000 characters. */
export interface Pattern {
  readonly source: string;
  test(text: string): boolean;
  /** The named groups of the first match; undefined where nothing matches. Groups that took no part are left out. */
  capture(text: string): Readonly<Record<string, string>> | undefined;
}

/** Compiled when first used; a source that cannot run throws then (`patternFault` tells beforehand). */
export function makePattern(source: string): Pattern {
  const plain = plainPattern(source);
  if (plain !== undefined)
    return {
      source,
      test: (text) => plain.test(text.slice(0, mostMatched)),
      capture(text) {
        const match = plain.exec(text.slice(0, mostMatched));
        return match === null ? undefined : { ...match.groups };
      },
    };
  let compiled: RE2JS | undefined;
  const regex = () => {
    compiled ??= compile(source);
    return compiled;
  };
  const capture = (text: string) => {
    const matcher = regex().matcher(text.slice(0, mostMatched));
    if (!matcher.find()) return undefined;
    return Object.fromEntries(Object.entries(matcher.getNamedGroups()).filter((group): group is [string, string] => group[1] !== null));
  };
  const captured = remembered((text) => ({ groups: capture(text) }));
  return {
    source,
    test: remembered((text) => regex().matcher(text.slice(0, mostMatched)).find()),
    capture: (text) => captured(text).groups,
  };
}

/** The names of a pattern's groups, read off the text. */
export function groupNames(source: string): string[] {
  return [...source.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map((match) => match[1] as string);
}

/** Why a pattern cannot be run in linear time; undefined = it can. */
export function patternFault(source: string): string | undefined {
  if (plainPattern(source) !== undefined) return undefined;
  try {
    compile(source);
    return undefined;
  } catch (error) {
    if (/\(\?<?[=!]/.test(source)) return "uses look-around, which cannot be run in linear time";
    if (/\\[1-9]|\\k</.test(source)) return "uses a back reference, which cannot be run in linear time";
    return `is not a regular expression that can be run: ${(error as Error).message.replace(/^error parsing regexp: /, "")}`;
  }
}

function compile(source: string): RE2JS {
  const { RE2JS } = lazily.re2();
  return RE2JS.compile(RE2JS.translateRegExp(source));
}
