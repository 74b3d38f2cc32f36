import type { Contract, Role, Row, Step } from "../model/contract.ts";
import type { Request } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { noBody, noHeaders } from "../model/nothing-sent.ts";
import { compilationOf } from "./compile.ts";
import type { CompiledEnvelope } from "./envelope.ts";
import { acceptsText } from "./matcher.ts";
import { narrow, type Reading } from "./narrow.ts";

/** An answer as a person describes it. What is left out is unknown; null = absent. */
export interface Question {
  readonly status: number;
  readonly type?: string | number | null;
  readonly code?: string | number | null;
  readonly param?: string | null;
  /** `POST /v1/courses/c_1/launch`, or the name of a declared operation [any]. */
  readonly operation?: string;
  /** Response header fields; those left out count as absent once one is given. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Name of the envelope [the default one]. */
  readonly envelope?: string;
}

/** The row that a described answer meets. */
export type Which =
  | { readonly kind: "met"; readonly row: Row; readonly captures: Readonly<Record<string, string>> }
  /** What was left out would decide between them. */
  | { readonly kind: "several"; readonly rows: readonly Row[] }
  /** `step` left none of the rows in `before`. */
  | { readonly kind: "none"; readonly step: Step; readonly before: readonly Row[] };

/**
 * Says which row of the error table an answer meets.
 *
 * @throws RangeError for an envelope or operation that the contract does not declare
 */
export function whichRow(contract: Contract, question: Question): Which {
  const parts = compilationOf(contract);
  const envelope = question.envelope === undefined ? parts.envelopes[0] : parts.envelopes.find((each) => each.name === question.envelope);
  if (envelope === undefined) throw new RangeError(`the contract has no envelope ${JSON.stringify(question.envelope)}`);
  const names = operationNames(contract, question.operation);
  const narrowed = narrow(parts.tableOf(envelope), readQuestion(question, envelope, names ?? []));
  if (narrowed.kind === "open") return { kind: "several", rows: narrowed.rows };
  if (narrowed.kind === "refused") return { ...narrowed, kind: "none" };
  return narrowed;
}

/** A few lines for people. */
export function describeWhich(which: Which): string {
  const list = (rows: readonly Row[], tell: (row: Row) => string) =>
    rows.map((row) => `  ${row.name}${tell(row)} (${row.source.file}:${row.source.line})`);
  switch (which.kind) {
    case "met":
      return [
        `meets ${which.row.name} (${which.row.source.file}:${which.row.source.line})`,
        ...Object.entries(which.captures).map(([name, value]) => `  ${name} = ${value}`),
      ].join("\n");
    case "several":
      return ["may meet any of these rows; say more to tell them apart:", ...list(which.rows, () => "")].join("\n");
    case "none":
      return [`meets no row: ${which.step} left none of these:`, ...list(which.before, (row) => wanted(row, which.step))].join("\n");
  }
}

function wanted(row: Row, step: Step): string {
  switch (step) {
    case "status":
      return `: ${row.status.text}`;
    case "operation":
      return `: ${row.operations?.join(", ") ?? "all operations"}`;
    case "when":
      return ": its own conditions";
    default:
      return `: ${step} ${row[step].kind === "any" ? "any that no other row names" : row[step].text}`;
  }
}

/** undefined = any operation. */
function operationNames(contract: Contract, operation: string | undefined): readonly string[] | undefined {
  if (operation === undefined) return undefined;
  const [, method = "", path = ""] = /^([A-Z]+) (\/\S*)$/.exec(operation) ?? [];
  if (method !== "") return contract.operationsOf(imagineRequest(method, path)).map(({ name }) => name);
  if (operation === "other") return [];
  if (contract.operations.some(({ name }) => name === operation)) return [operation];
  throw new RangeError(`the contract has no operation ${JSON.stringify(operation)}`);
}

function readQuestion(question: Question, envelope: CompiledEnvelope, operations: readonly string[]): Reading {
  const asked: Partial<Record<Role, Json | undefined>> = { type: question.type, code: question.code, param: question.param };
  const headers = question.headers && new Map(Object.entries(question.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status: question.status,
    operations,
    ...(question.operation === undefined && { anyOperation: true }),
    role(role) {
      if (envelope.sources[role] === undefined) return { value: undefined };
      const value = asked[role];
      // A person types 20404 where the body may hold the text or the number.
      return value === undefined ? undefined : { value, fromHeader: true };
    },
    when(row) {
      const { when } = row;
      if (when === undefined) return true;
      const byHeaders = headers && when.headers.every(([name, matcher]) => acceptsText(matcher, headers.get(name.toLowerCase())));
      if (byHeaders === false) return false;
      return byHeaders === true && when.onlyHeaders ? true : "unknown";
    },
  };
}

function imagineRequest(method: string, path: string): Request {
  const [bare = "/", query = ""] = path.split("?", 2);
  return { method, url: path, server: "", path: bare, query, headers: noHeaders, body: noBody };
}
