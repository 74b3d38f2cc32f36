import type { Role, Row, Step } from "../model/contract.ts";
import type { Json } from "../model/json.ts";
import type { Holding } from "./condition.ts";
import { acceptsText, type CompiledMatcher, isAbsent } from "./matcher.ts";
import { otherOperation } from "./operations.ts";
import { type CompiledRow, compareRows } from "./row.ts";

/** What is known of one answer when it is held against the rows. */
export interface Reading {
  readonly status: number;
  /** Names of all operations the request is; none = "other". */
  readonly operations: readonly string[];
  /** Which operation it is, is unknown. */
  readonly anyOperation?: boolean;
  /** undefined: the role is unknown, which is not the same as absent. */
  role(role: Role): RoleReading | undefined;
  when(row: CompiledRow): Holding;
}

/** A known role: `value` undefined = absent. */
export interface RoleReading {
  readonly value: Json | undefined;
  /** A header's value is text, whatever it stands for. */
  readonly fromHeader?: boolean;
}

/** The rows of one envelope, with what they say together. */
export interface Table {
  readonly rows: readonly CompiledRow[];
  /** Those that may have the status, in their order. */
  rowsOf(status: number): readonly CompiledRow[];
  /** Is this code named by one of the rows? Then no varying row takes it. */
  reserves(code: Json): boolean;
  readonly reservesAny: boolean;
  /** Is this type one that an error may have? */
  knowsType(type: Json): boolean;
  readonly closed: boolean;
}

export type Narrowed =
  | { readonly kind: "met"; readonly row: CompiledRow; readonly captures: Readonly<Record<string, string>> }
  | { readonly kind: "open"; readonly rows: readonly Row[] }
  | { readonly kind: "refused"; readonly step: Step; readonly before: readonly Row[] };

/** `types`: the closed list, or null. */
export function makeTable(rows: readonly CompiledRow[], types: readonly string[] | null): Table {
  const naming = rows.map((row) => row.code).filter((code) => code.kind === "literal" || code.kind === "pattern");
  const known = types === null ? undefined : new Set(types);
  const byStatus = new Map<number, readonly CompiledRow[]>();
  return {
    rows,
    rowsOf(status) {
      let some = byStatus.get(status);
      if (some === undefined) {
        some = rows.filter((row) => row.status.has(status));
        if (byStatus.size < 1_000) byStatus.set(status, some);
      }
      return some;
    },
    reserves: (code) => naming.some((matcher) => matcher.accepts(code)),
    reservesAny: naming.length > 0,
    knowsType: (type) => known?.has(String(type)) ?? true,
    closed: known !== undefined,
  };
}

/** Takes away, step by step, the rows that an answer cannot mean; then lets the most specific of those left win. */
export function narrow(table: Table, reading: Reading): Narrowed {
  const filtered = filterRows(table, reading, wholeAnswer);
  if (filtered.kind === "refused") return filtered;
  const { rows, unsure } = filtered;
  const best = mostSpecific(rows);
  // An unknown role cannot take the place of the most specific row if that one surely accepts.
  if (rows.length > 1 && unsure.has(best)) return { kind: "open", rows };
  return { kind: "met", row: best, captures: capturesOf(best, reading) };
}

/** What status, headers and operation leave, where the error object is not where it should be: open, or refused. */
export function narrowByStatus(table: Table, reading: Reading): Exclude<Narrowed, { kind: "met" }> {
  const filtered = filterRows(table, reading, ["when"]);
  if (filtered.kind === "refused") return filtered;
  const sharper = filterRows(table, reading, ["operation"], filtered.rows);
  return { kind: "open", rows: sharper.kind === "refused" ? filtered.rows : sharper.rows };
}

type Filtered =
  | { readonly kind: "left"; readonly rows: readonly [CompiledRow, ...CompiledRow[]]; readonly unsure: ReadonlySet<CompiledRow> }
  | Extract<Narrowed, { kind: "refused" }>;

const wholeAnswer = ["when", "type", "code", "param", "operation"] as const;

/** `rows`: those that the status leaves, or fewer. */
function filterRows(
  table: Table,
  reading: Reading,
  steps: readonly Exclude<Step, "status">[],
  rows: readonly CompiledRow[] = table.rowsOf(reading.status),
): Filtered {
  if (rows.length === 0) return { kind: "refused", step: "status", before: table.rows };
  const unsure = new Set<CompiledRow>();
  for (const step of steps) {
    const left = rows.filter((row) => {
      const holding = passes(step, row, table, reading);
      if (holding === "unknown") unsure.add(row);
      return holding !== false;
    });
    if (left.length === 0) return { kind: "refused", step, before: rows };
    rows = left;
  }
  return { kind: "left", rows: rows as [CompiledRow, ...CompiledRow[]], unsure };
}

function passes(step: Exclude<Step, "status">, row: CompiledRow, table: Table, reading: Reading): Holding {
  switch (step) {
    case "when":
      return row.when === undefined ? true : reading.when(row);
    case "type":
      return passesType(row.type, table, reading.role("type"));
    case "code":
      return passesCode(row.code, table, reading.role("code"));
    case "param":
      return passesRole(row.param, reading.role("param"));
    case "operation":
      return passesOperation(row, reading);
  }
}

function passesType(matcher: CompiledMatcher, table: Table, type: RoleReading | undefined): Holding {
  if (type === undefined) return matcher.kind === "any" && !table.closed ? true : "unknown";
  if (!isAbsent(type.value) && !table.knowsType(type.value)) return false;
  return passesRole(matcher, type);
}

function passesCode(matcher: CompiledMatcher, table: Table, code: RoleReading | undefined): Holding {
  const varying = matcher.kind === "any" || matcher.kind === "schema";
  if (code === undefined) return matcher.kind === "any" && !table.reservesAny ? true : "unknown";
  if (varying && !isAbsent(code.value) && table.reserves(code.value)) return false;
  return passesRole(matcher, code);
}

function passesRole(matcher: CompiledMatcher, role: RoleReading | undefined): Holding {
  if (role === undefined) return matcher.kind === "any" ? true : "unknown";
  return role.fromHeader && typeof role.value === "string" ? acceptsText(matcher, role.value) : matcher.accepts(role.value);
}

function passesOperation(row: CompiledRow, { operations, anyOperation }: Reading): Holding {
  if (row.operations === undefined) return true;
  if (anyOperation) return "unknown";
  return operations.length === 0 ? row.operations.includes(otherOperation) : operations.some((name) => row.operations?.includes(name));
}

/** On a tie, which the loader reports where it can prove one, the first in the file. */
function mostSpecific(rows: readonly [CompiledRow, ...CompiledRow[]]): CompiledRow {
  return rows.reduce((best, row) => (compareRows(row, best) < 0 ? row : best));
}

function capturesOf(row: CompiledRow, reading: Reading): Record<string, string> {
  const captures: Record<string, string> = {};
  for (const role of ["type", "code", "param"] as const) {
    const value = reading.role(role)?.value;
    if (typeof value === "string") Object.assign(captures, row[role].pattern?.capture(value));
  }
  return captures;
}
