import type { Exchange, ProbeMark } from "../model/exchange.ts";
import { nearestName } from "../syntax/nearest.ts";
import { type ExchangeParts, type HeaderFields, makeExchange } from "./make-exchange.ts";

/** One example of a rule's page: a sequence of exchanges and the sentences it must give, none for a good one. */
export interface Example {
  /** Line of the first block in the page, one-based. */
  readonly line: number;
  readonly kind: "bad" | "good";
  readonly exchanges: readonly Exchange[];
  readonly messages: readonly string[];
}

export interface Page {
  readonly id: string;
  readonly summary: string;
  readonly sections: ReadonlyMap<string, string>;
  /** The contract of the examples, where the page brings its own. */
  readonly contract: string | undefined;
  readonly examples: readonly Example[];
}

interface Block {
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

/** The sections of a page, all of which it has. */
export const pageSections = ["Why", "Bad", "Good", "Contract", "Source"] as const;

/**
 * Reads a rule's page: see CONTRIBUTING.md for its format.
 *
 * @throws Error whose message begins with the line, where what stands there is no part of a page.
 */
export function readPage(markdown: string): Page {
  const lines = markdown.split("\n");
  const sections = new Map<string, string>();
  const examples: Example[] = [];
  let section = "";
  let blocks: Block[] = [];
  let quotes: string[] = [];
  let contract: string | undefined;

  const finish = () => {
    if (blocks.length > 0) {
      const kind = section === "Bad" ? "bad" : "good";
      if (section !== "Bad" && section !== "Good") throw new Error(`line ${blocks[0]?.line}: an example stands under ## Bad or ## Good`);
      if (kind === "bad" && quotes.length === 0) throw new Error(`line ${blocks[0]?.line}: a bad example without the sentence it gives`);
      if (kind === "good" && quotes.length > 0) throw new Error(`line ${blocks[0]?.line}: a good example gives no sentence`);
      examples.push({ line: blocks[0]?.line ?? 0, kind, exchanges: readBlocks(blocks), messages: quotes });
    }
    blocks = [];
    quotes = [];
  };

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const fence = /^```(\S+)\s*(.*)$/.exec(line);
    if (fence !== null) {
      const end = lines.indexOf("```", at + 1);
      if (end < 0) throw new Error(`line ${at + 1}: this fence is not closed`);
      const text = lines.slice(at + 1, end).join("\n");
      if (fence[1] === "http") {
        if (quotes.length > 0) finish();
        blocks.push({ line: at + 1, info: fence[2] ?? "", text });
      } else if (fence[1] === "yaml" && text.startsWith("envelint:"))
        // Where it stands, so that a fault of it is told at its line of the page.
        contract = "\n".repeat(at + 1) + text;
      at = end;
    } else if (line.startsWith("## ")) {
      finish();
      section = line.slice(3).trim();
      if (!(pageSections as readonly string[]).includes(section)) throw new Error(`line ${at + 1}: ${noSection(section)}`);
      sections.set(section, "");
    } else if (line.startsWith("> ")) quotes.push(line.slice(2).trim());
    else if (line.trim() !== "") finish();
    if (section !== "" && !line.startsWith("## ")) sections.set(section, `${sections.get(section) ?? ""}${line}\n`);
  }
  finish();
  return {
    id: /^# (.+)$/m.exec(markdown)?.[1]?.trim() ?? "",
    summary: lines.slice(1).find((line) => line.trim() !== "") ?? "",
    sections,
    contract,
    examples,
  };
}

/** 2026-01-05 is a Monday; `at 12:00:05` is a time of that day, in UTC. */
const day = Date.UTC(2026, 0, 5);

function readBlocks(blocks: readonly Block[]): Exchange[] {
  let clock = day + 12 * 3_600_000;
  const exchanges: Exchange[] = [];
  for (const block of blocks) {
    checkMarks(block);
    const at = /\bat (\d\d):(\d\d):(\d\d(?:\.\d+)?)/.exec(block.info);
    if (at !== null) clock = day + (Number(at[1]) * 3600 + Number(at[2]) * 60 + Number(at[3])) * 1000;
    const times = Number(/\b(\d+) times\b/.exec(block.info)?.[1] ?? 1);
    for (let turn = 0; turn < times; turn++) {
      exchanges.push(readBlock(block, exchanges.length, clock, turn));
      clock += 1000;
    }
  }
  return exchanges;
}

function noSection(name: string): string {
  const near = nearestName(name, pageSections);
  return `there is no section "${name}"${near === undefined ? `: they are ${pageSections.join(", ")}` : `; did you mean "${near}"?`}`;
}

const marks = [
  /\bat \d\d:\d\d:\d\d(?:\.\d+)?(?=\s|$)/,
  /\bas \S+/,
  /\btook [0-9.]+ s\b/,
  /\bprobe \S+/,
  /\blive\b/,
  /\baims \S+/,
  /\b(?:before|after)\b/,
  /"[^"]*"/,
  /\b(?:own|foreign|missing) \S+/,
  /\b\d+ times\b/,
  /\bwaited [0-9.]+ to [0-9.]+ ms\b/,
];

/** What is no mark would be passed over, and the example would not show what it says. */
function checkMarks({ info, line }: Block): void {
  const rest = marks.reduce((left, mark) => left.replace(mark, ""), info).trim();
  if (rest !== "")
    throw new Error(
      `line ${line}: "${rest}" is no mark; marks are like: at 12:00:05, took 2.5 s, as alice, probe ID, live, aims ROW,ROW, foreign course, 8 times, waited 2 to 3 ms, before, after, "a label"`,
    );
}

/** What a fence's mark says of the exchange, which is one of a block that stands for several; see CONTRIBUTING.md. */
function readMarks(info: string, turn: number): ExchangeParts & { as?: string } {
  const marked = (pattern: RegExp) => pattern.exec(info)?.[1];
  const [as, took, probe, label, aims] = [/\bas (\S+)/, /\btook ([0-9.]+) s/, /\bprobe (\S+)/, /"([^"]*)"/, /\baims (\S+)/].map(marked);
  const side = (["before", "after"] as const).find((word) => new RegExp(`\\b${word}\\b`).test(info));
  return {
    ...(as !== undefined && { as }),
    took: took === undefined ? 100 : Number(took) * 1000,
    ...(probe !== undefined && {
      probe: { id: probe, live: /\blive\b/.test(info), ...(aims !== undefined && { aims: aims.split(",") }), ...readTarget(info, turn) },
    }),
    ...readWait(info, turn),
    ...(label !== undefined && { label }),
    ...(side !== undefined && { side, capture: `${side}.har` }),
  };
}

/** `foreign course 8 times`: the foreign ones of the eight pairs of a group. */
function readTarget(info: string, turn: number): Pick<ProbeMark, "target" | "group" | "pair"> {
  const [, is, resource = ""] = /\b(own|foreign|missing) (\S+)/.exec(info.replace(/"[^"]*"/, "")) ?? [];
  if (is !== "own" && is !== "foreign" && is !== "missing") return {};
  return { target: { resource, is }, ...(is !== "own" && / times\b/.test(info) && { group: "plain", pair: turn }) };
}

/** `waited 2 to 3 ms`: as if drawn, and the same each time. */
function readWait(info: string, turn: number): Pick<ExchangeParts, "waited"> {
  const [, from, to] = /\bwaited ([0-9.]+) to ([0-9.]+) ms/.exec(info) ?? [];
  // Multiples of the golden section spread evenly over any stretch of them.
  return from === undefined ? {} : { waited: Number(from) + (Number(to) - Number(from)) * ((turn * 0.618_033_988_75) % 1) };
}

function readBlock(block: Block, entry: number, at: number, turn: number): Exchange {
  const answerAt = block.text.search(/^HTTP\/[0-9.]+ /m);
  if (answerAt < 0) throw new Error(`line ${block.line}: an http block without a response`);
  const request = readMessage(block.text.slice(0, answerAt).replace(/\n\n?$/, "\n"));
  const response = readMessage(block.text.slice(answerAt));
  const [method = "", target = ""] = request.start.split(" ");
  const [, status = "", ...reason] = response.start.split(" ");
  const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "api.courses.example";
  const credential = request.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
  const { as, ...marks } = readMarks(block.info, turn);
  const account = as ?? credential;
  return makeExchange({
    capture: "page.har",
    entry,
    at,
    ...marks,
    method,
    url: `https://${host}${target}`,
    requestHeaders: groupFields(request.headers),
    ...asBody("requestBody", request.body),
    status: Number(status),
    reason: reason.join(" "),
    headers: groupFields(response.headers),
    ...asBody("body", response.body),
    ...(account !== undefined && { account: { id: account, ...((credential ?? as) !== undefined && { credential: credential ?? as }) } }),
  });
}

/** `<not captured>` and a last line `<cut>` say what the capture holds of a body. */
function asBody<Name extends "body" | "requestBody">(name: Name, text: string): ExchangeParts {
  if (text === "<not captured>") return { [name]: "", [`${name}State`]: "not-captured" };
  if (text.endsWith("\n<cut>")) return { [name]: text.slice(0, -"\n<cut>".length), [`${name}State`]: "truncated" };
  return { [name]: text === "" ? null : text };
}

function groupFields(lines: readonly (readonly [string, string])[]): HeaderFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of lines) fields.set(name, [...(fields.get(name) ?? []), value]);
  return Object.fromEntries(fields);
}

function readMessage(text: string): { start: string; headers: [string, string][]; body: string } {
  const gap = text.search(/\n\n/);
  const head = gap < 0 ? text : text.slice(0, gap);
  const [start = "", ...fields] = head.split("\n").filter((line) => line !== "");
  return {
    start,
    headers: fields.map((field) => [field.slice(0, field.indexOf(":")).trim(), field.slice(field.indexOf(":") + 1).trim()]),
    body: gap < 0 ? "" : text.slice(gap + 2).replace(/\n$/, ""),
  };
}
