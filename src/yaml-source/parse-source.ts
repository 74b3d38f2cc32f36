import type { Document, Node, Pair, YAMLError } from "yaml";
import type { SourceLine } from "../model/contract.ts";
import { lazily } from "../syntax/lazily.ts";
import { cutTokens, deepest, tooDeep } from "./cut-tokens.ts";
import { type FaultList, shorten } from "./fault-list.ts";
import type { FileKind } from "./file-kind.ts";
import type { SourceMember, SourceNode, SourcePath } from "./source-tree.ts";

/** A file of the user's has some hundreds of values; what has more than this was made to exhaust somebody. */
const mostNodes = 100_000;

/** Parses YAML 1.2 (JSON is part of it) into nodes that know their places; undefined where the text gives none. Faults go to the list. */
export function parseSource(text: string, file: string, kind: FileKind, faults: FaultList): SourceNode | undefined {
  const lineOf = makeLineFinder(text, file);
  const yaml = lazily.yaml();
  const tokens = cutTokens(text, kind);
  if (typeof tokens === "string") {
    faults.tell({ at: lineOf(0), message: tokens });
    return undefined;
  }
  // Repeated names are looked for below, since the parser compares each name with all before it.
  const composer = new yaml.Composer({
    version: "1.2",
    schema: "core",
    uniqueKeys: false,
    prettyErrors: false,
    strict: true,
    logLevel: "error",
  });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) throw new Error("a text without a document");
  if (second !== undefined && document.errors.length === 0) {
    faults.tell({ at: lineOf(second.range[0]), message: `begins a second document: a ${kind.noun} is one` });
    return undefined;
  }
  for (const error of document.errors.slice(0, 20)) tellSyntax(error, lineOf, faults);
  if (document.errors.length > 0) return undefined;
  if (document.contents === null || (yaml.isScalar(document.contents) && document.contents.value === null)) {
    faults.tell({ at: lineOf(0), message: "is empty", advice: `a ${kind.noun} needs ${kind.needs}` });
    return undefined;
  }
  const builder = makeBuilder(document, lineOf, kind, faults);
  return builder.build(document.contents as Node, []);
}

/** Finds the line and column of an offset. */
function makeLineFinder(text: string, file: string): (offset: number) => SourceLine {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

function tellSyntax(error: YAMLError, lineOf: (offset: number) => SourceLine, faults: FaultList): void {
  const [line = ""] = error.message.split("\n");
  faults.tell({
    at: lineOf(error.pos[0]),
    message: `is not valid YAML: ${shorten(line)}`,
    plain: "is not valid YAML",
    ...(/flow (?:sequence|map) items/.test(line) && { advice: "within […] and {…} a text with braces stands in quotes" }),
  });
}

/** Stops the whole walk once a file proves to be a bomb. */
class TooMuch extends Error {}

function makeBuilder(document: Document.Parsed, lineOf: (offset: number) => SourceLine, kind: FileKind, faults: FaultList) {
  const { isAlias, isMap, isScalar, isSeq } = lazily.yaml();
  const placeOf = (node: Node | null | undefined): SourceLine => lineOf(node?.range?.[0] ?? 0);
  let count = 0;

  function build(node: Node | null, path: SourcePath, at = placeOf(node)): SourceNode {
    if (++count > mostNodes) throw new TooMuch(`holds more than ${mostNodes} values, counting what its aliases repeat`);
    if (path.length > deepest) throw new TooMuch(tooDeep);
    if (isAlias(node)) {
      const target = node.resolve(document) as Node | undefined;
      if (target === undefined) faults.tell({ at, path, message: "is an alias of nothing: its anchor must stand before it" });
      return build(target ?? null, path, at);
    }
    if (node?.tag !== undefined && node.tag !== defaultTag(node)) {
      faults.tell({
        at,
        path,
        message: `has a tag, ${shorten(node.tag)}`,
        plain: "has a tag",
        advice: `a ${kind.noun} is plain data: leave the tag out`,
      });
    }
    if (isMap(node)) return { kind: "map", at, path, members: buildMembers(node.items as Pair<Node | null, Node | null>[], path) };
    if (isSeq(node)) return { kind: "list", at, path, items: node.items.map((item, index) => build(item as Node, [...path, index])) };
    return { kind: "scalar", at, path, value: isScalar(node) ? plainValue(node.value) : null };
  }

  function buildMembers(pairs: readonly Pair<Node | null, Node | null>[], path: SourcePath): ReadonlyMap<string, SourceMember> {
    const members = new Map<string, SourceMember>();
    for (const { key, value } of pairs) {
      const keyAt = placeOf(key);
      if (!isScalar(key)) {
        faults.tell({ at: keyAt, path, message: "has a name that is not a plain text" });
        continue;
      }
      const name = String(key.value);
      const known = members.get(name);
      if (name === "__proto__") {
        faults.tell({
          at: keyAt,
          path,
          message: 'has a member "__proto__"',
          plain: "has a member that may not be",
          advice: "take another name",
        });
      } else if (known !== undefined) {
        const message = `stands here twice: ${JSON.stringify(shorten(name))}, first on line ${known.keyAt.line}`;
        faults.tell({ at: keyAt, path: [...path, name], message, plain: `stands here twice, first on line ${known.keyAt.line}` });
      } else members.set(name, { keyAt, node: build(value, [...path, name], value === null ? keyAt : placeOf(value)) });
    }
    return members;
  }

  /** The tag a node would have without one. */
  function defaultTag(node: Node): string | undefined {
    if (isMap(node)) return "tag:yaml.org,2002:map";
    return isSeq(node) ? "tag:yaml.org,2002:seq" : undefined;
  }

  return {
    build(root: Node, path: SourcePath): SourceNode | undefined {
      try {
        return build(root, path);
      } catch (error) {
        if (!(error instanceof TooMuch)) throw error;
        faults.tell({ at: lineOf(0), message: error.message });
        return undefined;
      }
    },
  };
}

/** The core schema knows no dates or big integers; what is no JSON value is read as its text. */
function plainValue(value: unknown): string | number | boolean | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return value === null || typeof value === "string" || typeof value === "boolean" ? value : String(value);
}
