import type { Body } from "../../model/exchange.ts";
import { databaseErrors, databaseHint } from "../../syntax/disclosure/database-errors.ts";
import { debugPages } from "../../syntax/disclosure/debug-pages.ts";
import { exceptionHint, exceptionNames } from "../../syntax/disclosure/exception-names.ts";
import { filePaths, pathHint } from "../../syntax/disclosure/file-paths.ts";
import type { DisclosurePattern } from "../../syntax/disclosure/pattern.ts";
import { frameHint, stackFrames } from "../../syntax/disclosure/stack-frames.ts";
import { remembered } from "../../syntax/remembered.ts";
import { type BodyText, lookedAt, textsOf } from "./body-texts.ts";
import type { RequestWords } from "./request-words.ts";
import { structuredTrace } from "./structured-frames.ts";

/** Something that shows how a server is built. */
export interface Internal {
  readonly note: "debug-page" | "stack-trace" | "stack-frame" | "sql" | "exception-name" | "file-path";
  /** Which pattern. */
  readonly id: string;
  readonly what: string;
  readonly text: string;
  readonly pointer: string;
}

/** What may be left out of account: the request's words, and the contract's. */
export interface Known {
  readonly request: RequestWords;
  readonly contract: ReadonlySet<string>;
}

/** Sure enough by themselves, whatever the request said. */
const sure: ReadonlySet<Internal["note"]> = new Set(["debug-page", "stack-trace", "sql"]);

/**
 * What an error's body gives away. What comes with something graver is not told again: a trace names its exceptions and its files.
 * "unknown": only what the request may have said itself, in a body that is not known.
 */
export function findInternals(body: Body, known: Known): Internal[] | "unknown" {
  const texts = textsOf(body).filter(({ text }) => text.length >= shortest && !known.contract.has(text) && mayTell(text));
  const trace = findDebugPage(body) ?? findTrace(body, texts, known);
  const sql = findSql(texts, known);
  const name = trace ?? sql ?? find("exception-name", exceptionNames, texts, known);
  const path = trace ?? find("file-path", filePaths, texts.filter(isNoLink), known);
  const found = [...new Set([trace, sql, name, path])].filter((each) => each !== undefined);
  if (known.request.isWhole) return found;
  const kept = found.filter(({ note }) => sure.has(note));
  return found.length > 0 && kept.length === 0 ? "unknown" : kept;
}

/** Nothing that is looked for is shorter. */
const shortest = 8;

/** What is looked for, and what it cannot be without. */
const lists: readonly (readonly [hint: RegExp, patterns: readonly DisclosurePattern[]])[] = [
  [frameHint, stackFrames],
  [pathHint, filePaths],
  [databaseHint, databaseErrors],
  [exceptionHint, exceptionNames],
];

/** Most texts are the same few sentences, and show nothing. */
const mayTell = remembered((text) =>
  lists.some(([hint, patterns]) => hint.test(text) && patterns.some(({ pattern }) => text.search(pattern) >= 0)),
);

function findDebugPage(body: Body): Internal | undefined {
  const page = body.head(lookedAt);
  if (!/^\s*</.test(page)) return undefined;
  for (const { id, framework, marks } of debugPages) {
    const seen = marks.flatMap((mark) => mark.exec(page)?.[0] ?? []);
    if (seen.length >= 2) return { note: "debug-page", id, what: framework, text: seen[0] as string, pointer: "" };
  }
  return undefined;
}

function findTrace(body: Body, texts: readonly BodyText[], known: Known): Internal | undefined {
  const parsed = body.json();
  const structured = parsed.ok ? structuredTrace(parsed.value) : undefined;
  if (structured !== undefined)
    return { note: "stack-trace", id: "list", what: "program's", text: "a list of frames", pointer: structured };
  let most: Internal | undefined;
  let frames = 0;
  for (const language of stackFrames) {
    const seen = texts.flatMap((text) => matchesIn(text, language, known));
    const [first] = seen;
    if (first === undefined || seen.length <= frames) continue;
    most = { note: seen.length > 1 ? "stack-trace" : "stack-frame", id: language.id, what: language.what, ...first };
    frames = seen.length;
  }
  return most;
}

/** Who asks in SQL is rightly answered in it. */
function findSql(texts: readonly BodyText[], known: Known): Internal | undefined {
  const found = find("sql", databaseErrors, texts, known);
  return found === undefined || ["select ", "insert into ", "update ", "delete from "].some(known.request.says) ? undefined : found;
}

function find(
  note: Internal["note"],
  patterns: readonly DisclosurePattern[],
  texts: readonly BodyText[],
  known: Known,
): Internal | undefined {
  for (const text of texts)
    for (const pattern of patterns) {
      const [first] = matchesIn(text, pattern, known);
      if (first !== undefined) return { note, id: pattern.id, what: pattern.what, ...first };
    }
  return undefined;
}

/** Matches of one text that are looked at. */
const enough = 20;

/** What matches and is neither the request's nor the contract's own. */
function matchesIn({ text, pointer }: BodyText, { pattern }: DisclosurePattern, known: Known): BodyText[] {
  const found: BodyText[] = [];
  for (const [whole] of text.matchAll(pattern)) {
    const match = whole.trim();
    const isOwn = known.contract.has(match.split(/[\s:(]/, 1)[0] as string) || known.request.says(match);
    if (!isOwn) found.push({ text: match, pointer });
    if (found.length >= enough) break;
  }
  return found;
}

/** A link may lead to `/home/user.go`; where it stands is told by its member's name. */
function isNoLink({ pointer }: BodyText): boolean {
  return !/(?:^|[/_-])(?:instance|docs?|documentation|path|url|uri|href|type|self|links?|location|help)$/i.test(pointer);
}
