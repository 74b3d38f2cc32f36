import { loadContract } from "../contract/load.ts";
import type { Contract, Envelope, Meeting, Role, Row, Step } from "../model/contract.ts";
import type { Json } from "../model/json.ts";
import { paragraph } from "../reporters/layout.ts";
import { visible } from "../syntax/terminal-text.ts";
import { checkReadable } from "./contract-file.ts";
import { sourceOf } from "./describe-row.ts";
import { imagineExchange } from "./imagined-exchange.ts";
import { type Io, lookOf, print } from "./io.ts";
import { didYouMean, UsageError } from "./usage.ts";

interface WhichArguments {
  readonly file?: string;
  readonly status?: string;
  readonly type?: string;
  readonly code?: string;
  readonly param?: string;
  readonly operation?: string;
  readonly header?: readonly string[];
  readonly envelope?: string;
}

/** `envelint contract which`: the row that a response would meet; exit 1 where it meets none. */
export async function run(given: WhichArguments, io: Io): Promise<number> {
  const { file = "", status = "" } = given;
  await checkReadable(file, io.cwd);
  if (!/^[1-5]\d\d$/.test(status)) throw usage(`--status cannot be "${status}". It takes a status of HTTP, 100 to 599.`);
  const contract = await loadContract(file, { cwd: io.cwd });
  const envelope = envelopeOf(contract, given.envelope);
  const headers = (given.header ?? []).map(readHeader);
  const outcomes = new Map<string, string[]>();
  let met = false;
  for (const { name, method, path } of askedOperations(contract, given.operation)) {
    const imagine = (numbers: boolean) =>
      contract.read(imagineExchange({ method, path, status: Number(status), headers, roles: rolesOf(given, numbers) }, envelope));
    // A code given as 50035 may be a number in the body, or a string.
    const answer = [imagine(false), imagine(true)].find((one) => one?.meetings.some((meeting) => meeting.kind === "met")) ?? imagine(false);
    met ||= answer?.meetings.some((meeting) => meeting.kind === "met") ?? false;
    const outcome = answer === undefined ? "is no error by this contract" : answer.meetings.map(describeMeeting).join("; ");
    outcomes.set(outcome, [...(outcomes.get(outcome) ?? []), name]);
  }
  const said = [status, given.type, given.code].filter((part) => part !== undefined).join(" ");
  const look = lookOf(io.stdout, io.env);
  const lines = [...outcomes].flatMap(([outcome, names]) => {
    const where = outcomes.size === 1 ? "" : ` (${names.length > 1 ? "operations" : "operation"} ${names.join(", ")})`;
    return paragraph(look, "", visible(`${said}${where} ${outcome}.`));
  });
  await print(io.stdout, `${lines.join("\n")}\n`);
  return met ? 0 : 1;
}

function describeMeeting(meeting: Meeting): string {
  switch (meeting.kind) {
    case "met":
      return `meets ${meeting.row.name}, ${sourceOf(meeting.row)}`;
    case "open":
      return `could meet any of ${meeting.rows.map((row) => row.name).join(", ")}: the answer does not tell which`;
    case "refused":
      return `meets no row: ${whyRefused(meeting.step, meeting.before.slice(0, 6))}`;
  }
}

function whyRefused(step: Step, before: readonly Row[]): string {
  const names = before.map((row) => row.name).join(", ");
  switch (step) {
    case "status":
      return "none has this status";
    case "when":
      return `the condition of ${names} does not hold`;
    case "operation":
      return `${names} is for other operations`;
    default:
      return before
        .map((row) => `${row.name} takes ${row[step].kind === "absent" ? `no ${step}` : `the ${step} ${row[step].text}`}`)
        .join("; ");
  }
}

/** The operations to ask about: the one given, or each declared one and "other". */
function askedOperations(contract: Contract, given: string | undefined): { name: string; method: string; path: string }[] {
  const declared = contract.operations.map(({ name, templates }) => ({ name, ...requestOf(templates[0] ?? "GET /") }));
  if (given === undefined) return [...declared, { name: "other", method: "GET", path: "/no-operation-is-called-like-this" }];
  const known = declared.find(({ name }) => name === given);
  if (known !== undefined) return [known];
  const [, method, path] = /^([A-Za-z]+) (\/\S*)$/.exec(given) ?? [];
  if (method !== undefined && path !== undefined) return [{ name: given, method: method.toUpperCase(), path }];
  const near = didYouMean(
    given,
    declared.map(({ name }) => name),
  );
  throw usage(`--operation "${given}" is neither an operation of ${contract.file} nor 'METHOD /path'.${near}`);
}

/** A request that matches a template: `POST /**` + `/courses/{id}` -> POST /courses/1. */
function requestOf(template: string): { method: string; path: string } {
  const [, methods = "GET", path = "/"] = /^(\S+)\s+(\S+)$/.exec(template) ?? [];
  const method = methods.split("|")[0] ?? "GET";
  return { method: method === "*" ? "GET" : method, path: path.replaceAll(/\/\*\*/g, "").replaceAll(/\{[^}]*\}/g, "1") || "/" };
}

function rolesOf(given: WhichArguments, numbers: boolean): Partial<Record<Role, Json>> {
  const roles: Partial<Record<Role, Json>> = {};
  for (const role of ["type", "code", "param"] as const) {
    const value = given[role];
    if (value !== undefined) roles[role] = numbers && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  }
  return roles;
}

function envelopeOf(contract: Contract, name: string | undefined): Envelope {
  const envelope = name === undefined ? contract.envelopes[0] : contract.envelopes.find((candidate) => candidate.name === name);
  if (envelope !== undefined) return envelope;
  const names = contract.envelopes.map((candidate) => candidate.name);
  throw usage(`There is no envelope "${name}".${didYouMean(name ?? "", names)} Envelopes of ${contract.file}: ${names.join(", ")}.`);
}

function readHeader(text: string): readonly [string, string] {
  const [, name, value] = /^([^\s:]+):\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw usage(`--header "${text}" is not 'Name: value'.`);
  return [name, value];
}

function usage(message: string): UsageError {
  return new UsageError(message, "contract which");
}
