import type { Authentication, Contract, ErrorAnswer, Row, SourceLine } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { memberOf, nodeAt, type SourceNode, type SourcePath } from "../yaml-source/source-tree.ts";
import { readAnswer } from "./answer.ts";
import { makeClaim } from "./claim.ts";
import type { AuthenticationEntry, ContractFile, EnvelopeEntry } from "./contract-file.ts";
import { type CompiledEnvelope, compileEnvelope, namesOf } from "./envelope.ts";
import { makeErrorFinder } from "./find-errors.ts";
import { watchGateways } from "./gateway.ts";
import { compileIdempotency } from "./idempotency.ts";
import { makeTable, type Table } from "./narrow.ts";
import { makeRouter, type Router } from "./operations.ts";
import { type CompiledMasking, makeResourceFinder } from "./resources.ts";
import { type CompiledRow, compileRow } from "./row.ts";
import { makeJudge } from "./schema-faults.ts";
import { errorStatuses } from "./status-set.ts";

/** A contract taken apart, for those who need to see inside. */
export interface Compilation {
  readonly router: Router;
  readonly envelopes: readonly [CompiledEnvelope, ...CompiledEnvelope[]];
  readonly rows: readonly CompiledRow[];
  readonly masking: readonly CompiledMasking[];
  readonly types: readonly string[] | null;
  tableOf(envelope: CompiledEnvelope): Table;
}

const inside = new WeakMap<Contract, Compilation>();

/** Was it made by loadContract or parseContract? */
export function isContract(value: unknown): value is Contract {
  return inside.has(value as Contract);
}

/** What a contract was compiled to. */
export function compilationOf(contract: Contract): Compilation {
  const compilation = inside.get(contract);
  if (compilation === undefined) throw new TypeError("not a contract made by loadContract or parseContract");
  return compilation;
}

/** Makes a contract of a file's data, which must be free of faults. `tree` says where each part is written. */
export function compileContract(data: ContractFile, tree: SourceNode, file: string): Contract {
  const parts = compileParts(data, tree);
  const { router, envelopes, rows, masking } = parts;
  const rowsByName = new Map(rows.map((row) => [row.name, row]));
  const row = (name: string | undefined): Row | undefined => (name === undefined ? undefined : rowsByName.get(name));
  const promises = {
    title: data.title,
    file,
    servers: data.servers ?? [],
    operations: router.operations,
    envelopes,
    rows,
    table: memberOf(tree, "errors")?.keyAt ?? whereIs(tree, "errors"),
    types: parts.types,
    masking,
    idempotency: data.idempotency && compileIdempotency(data.idempotency, router, row, whereIs(tree, "idempotency")),
    rateLimit: data.rateLimit && { ...data.rateLimit, per: data.rateLimit.per ?? "credential" },
    authentication: compileAuthentication(data.authentication, row),
    client: {
      maxRetries: data.client?.maxRetries,
      backoff: data.client?.backoff ?? "unspecified",
      jitter: data.client?.jitter,
      unlisted: data.client?.unlisted ?? "unspecified",
    },
    row,
    operationsOf: router.match,
    resourcesOf: makeResourceFinder(masking, router),
    findErrors: makeErrorFinder(envelopes[0], parts.tableOf(envelopes[0]), parts.types ?? namedTypes(rows)),
    schemaFaults: makeJudge(),
  };
  const begin = (): Contract => {
    const contract: Contract = { ...promises, begin, read: makeReader(parts) };
    inside.set(contract, parts);
    return contract;
  };
  return begin();
}

/** Reads answers, and learns from the successes between them what each server's own answers look like. */
function makeReader({ router, envelopes, masking, tableOf }: Compilation): Contract["read"] {
  const resourcesOf = makeResourceFinder(masking, router);
  const gateways = watchGateways();
  const reader = {
    defaultEnvelope: envelopes[0],
    claim: makeClaim(envelopes),
    gateways,
    tableOf,
    operationsOf: ({ request }: Exchange) => router.match(request),
    resourcesOf: ({ request }: Exchange) => resourcesOf(request),
  };
  const answers = new WeakMap<Exchange, ErrorAnswer | "no error">();
  const mayBeError = new Set([errorStatuses, ...envelopes.map((envelope) => envelope.status)].flatMap((statuses) => statuses.all));
  return (exchange) => {
    const { status } = exchange.response;
    if (!mayBeError.has(status)) {
      if (status >= 200 && status < 300) gateways.learn(exchange);
      return undefined;
    }
    const known = answers.get(exchange);
    if (known !== undefined) return known === "no error" ? undefined : known;
    const answer = readAnswer(reader, exchange);
    answers.set(exchange, answer ?? "no error");
    if (answer === undefined && status < 300) gateways.learn(exchange);
    if (answer?.pointer !== undefined) gateways.learnError(exchange);
    return answer;
  };
}

/** The name of the envelope that a contract has which declares none: it promises nothing of the body. */
export const unnamedEnvelope = "error";

function compileParts(data: ContractFile, tree: SourceNode): Compilation {
  const declared = Object.entries(data.operations ?? {}).map(
    ([name, template]) => [name, typeof template === "string" ? [template] : template] as const,
  );
  const router = makeRouter(declared);
  const entries: [string, EnvelopeEntry][] = Object.entries(data.envelopes ?? { [unnamedEnvelope]: { mediaTypes: ["*/*"] } });
  const envelopes = entries.map(([name, entry]) => compileEnvelope(name, entry, whereIs(tree, "envelopes", name))) as [CompiledEnvelope];
  const byName = new Map(envelopes.map((envelope) => [envelope.name, envelope]));
  const rows = data.errors.map((entry, index) => {
    const envelope = entry.envelope === undefined ? envelopes[0] : (byName.get(entry.envelope) ?? envelopes[0]);
    return compileRow(entry, envelope, index, whereIs(tree, "errors", index));
  });
  const masking = (data.masking ?? []).map((entry, index): CompiledMasking => {
    const answer = rows.find((row) => row.name === entry.answer) as CompiledRow;
    const source = whereIs(tree, "masking", index);
    const { resource, parameter, never = [403] } = entry;
    return { resource, parameter, never, answer, source, operations: namesOf(entry.operations) };
  });
  const types = closedTypes(data, rows);
  const tables = new Map(
    envelopes.map((envelope) => [
      envelope,
      makeTable(
        rows.filter((row) => row.envelope === envelope),
        types,
      ),
    ]),
  );
  return { router, envelopes, rows, masking, types, tableOf: (envelope) => tables.get(envelope) ?? makeTable([], types) };
}

/** Those declared, else those that the rows name; a row that takes types by pattern or schema leaves the list open. */
function closedTypes(data: ContractFile, rows: readonly CompiledRow[]): readonly string[] | null {
  if (data.openTypes) return null;
  if (data.types !== undefined) return data.types.map(String);
  const named = namedTypes(rows);
  return named.length === 0 || rows.some((row) => row.type.kind === "pattern" || row.type.kind === "schema") ? null : named;
}

function namedTypes(rows: readonly CompiledRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.type.values).map(String))];
}

function compileAuthentication(entry: AuthenticationEntry | undefined, row: (name: string | undefined) => Row | undefined): Authentication {
  const credential = entry?.credential ?? { header: "Authorization" };
  return {
    credentials: (Array.isArray(credential) ? credential : [credential]) as Authentication["credentials"],
    missing: row(entry?.missing),
    invalid: row(entry?.invalid),
    challenge: entry?.challenge ?? "required",
    public: entry?.public ?? [],
    declared: entry !== undefined,
  };
}

function whereIs(tree: SourceNode, ...path: SourcePath): SourceLine {
  return (nodeAt(tree, ...path) ?? tree).at;
}
