import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Baseline, BaselineEntry } from "../engine/baseline.ts";
import { OptionError } from "../options/option-error.ts";
import { inertJson } from "../syntax/inert-json.ts";
import { nearestName } from "../syntax/nearest.ts";
import { nameFile } from "../yaml-source/name-file.ts";

/** The first line of every baseline. */
const header = { envelint: "baseline", version: 1 };

/** Members of an entry, in the order in which they are written. */
const members = ["rule", "note", "operation", "row", "fingerprint", "message", "reason"] as const;

/**
 * Reads a baseline: JSON, one entry a line (`schemas/baseline.schema.json` describes a line).
 *
 * @param mayBeNew Where there is no such file, an empty baseline is given.
 * @throws OptionError that names the line, where it is none.
 */
export async function readBaseline(file: string, cwd: string, mayBeNew = false): Promise<Baseline> {
  const path = resolve(cwd, file);
  const name = nameFile(path, cwd);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" && mayBeNew) return undefined;
    if (error.code === "ENOENT")
      throw new OptionError(`There is no baseline ${name}. To begin one with what is found now, add --update-baseline --accept-new.`);
    throw new OptionError(`The baseline ${name} cannot be read: ${error.code === "EISDIR" ? "it is a folder" : error.message}.`);
  });
  if (text === undefined) return { file: name, entries: [] };
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const entries = new Map<string, BaselineEntry>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const at = `${name}:${index + 1}`;
    const parsed = parseLine(line, at);
    if (index === 0) {
      checkHeader(parsed, at);
      continue;
    }
    const entry = readEntry(parsed, at, index + 1);
    const twice = entries.get(entry.fingerprint);
    if (twice !== undefined)
      throw new OptionError(`${at} lists the finding ${entry.fingerprint} again, after line ${twice.line}. Keep one of them.`);
    entries.set(entry.fingerprint, entry);
  }
  if (lines[0]?.trim() === "") throw new OptionError(`${name}:1 is empty. A baseline begins with the line ${JSON.stringify(header)}.`);
  return { file: name, entries: [...entries.values()] };
}

/** Writes a baseline whole, or not at all; sorted, so that two updates differ only where their findings do. */
export async function writeBaseline(file: string, cwd: string, entries: readonly Omit<BaselineEntry, "line">[]): Promise<void> {
  const path = resolve(cwd, file);
  const lines = [...entries].sort(byPlace).map((entry) => inertJson(Object.fromEntries(members.map((name) => [name, entry[name]]))));
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, `${[JSON.stringify(header), ...lines].join("\n")}\n`);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw new OptionError(`The baseline ${file} cannot be written: ${(error as Error).message}.`);
  }
}

function byPlace(a: Omit<BaselineEntry, "line">, b: Omit<BaselineEntry, "line">): number {
  for (const name of ["rule", "operation", "row", "note", "fingerprint"] as const) {
    const [one, other] = [a[name] ?? "", b[name] ?? ""];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function parseLine(line: string, at: string): Readonly<Record<string, unknown>> {
  if (/^(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)/.test(line))
    throw new OptionError(`${at} is the mark of a merge conflict. Keep the entries of both sides, or of one, and take the mark out.`);
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw new OptionError(`${at} is no entry of a baseline: a JSON object on one line.`);
}

function checkHeader({ envelint, version }: Readonly<Record<string, unknown>>, at: string): void {
  if (envelint !== header.envelint) throw new OptionError(`${at} is not the beginning of a baseline, which is ${JSON.stringify(header)}.`);
  if (version !== header.version)
    throw new OptionError(`${at}: the baseline has version ${JSON.stringify(version)}, and this envelint reads version ${header.version}.`);
}

function readEntry(parsed: Readonly<Record<string, unknown>>, at: string, line: number): BaselineEntry {
  for (const name of Object.keys(parsed))
    if (!members.some((member) => member === name)) {
      const near = nearestName(name, members);
      throw new OptionError(
        `${at}: ${JSON.stringify(name.slice(0, 80))} is no member of an entry.${near === undefined ? ` It has ${members.join(", ")}.` : ` Did you mean "${near}"?`}`,
      );
    }
  const text = (name: (typeof members)[number]): string => {
    const value = parsed[name];
    if (typeof value === "string" && value !== "") return value;
    throw new OptionError(`${at}: ${name} must be a text${value === undefined ? ", and there is none" : ""}.`);
  };
  const { row, reason } = parsed;
  if (row !== null && typeof row !== "string") throw new OptionError(`${at}: row must be a row's name, or null.`);
  return {
    rule: text("rule"),
    note: text("note"),
    operation: text("operation"),
    row,
    fingerprint: text("fingerprint"),
    message: text("message"),
    ...(reason !== undefined && { reason: text("reason") }),
    line,
  };
}
