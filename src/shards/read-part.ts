import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Part } from "../engine/part.ts";
import type { Shard } from "../model/report.ts";
import { schemaCompiler } from "../syntax/json-schema.ts";
import { version } from "../version.ts";
import { nameFile } from "../yaml-source/name-file.ts";
import { packageRoot } from "../yaml-source/package-root.ts";
import type { Settings } from "./settings.ts";

/** A shard's report, read again: what of it the whole is made of. */
export interface ReadPart extends Omit<Shard, "state">, Part {
  /** Its file, as messages name it. */
  readonly file: string;
  readonly settings: Settings;
}

/** Reads a shard's report; a sentence where that is none. */
export async function readPart(file: string, cwd: string): Promise<ReadPart | string> {
  const path = resolve(cwd, file);
  const name = nameFile(path, cwd);
  let report: unknown;
  try {
    report = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return `There is no part ${name}.`;
    if (code === "EISDIR") return `${name} is a folder; name the parts in it.`;
    return `${name} cannot be read: ${code === undefined ? `it is no JSON (${message})` : message}.`;
  }
  const { shard, tool } = (report ?? {}) as { readonly shard?: Shard; readonly tool?: { readonly version?: unknown } };
  if (shard === undefined) return `${name} is no part of a whole: it was not made with --shard i/n and --format json=${name}.`;
  if (tool?.version !== version)
    return `${name} was made by envelint ${String(tool?.version)}, and this is ${version}. Use one version for all parts.`;
  const { fits, errors } = await holdAgainstSchema(report, shard.state);
  if (!fits) return `${name} is damaged: ${errors}. Make it again.`;
  const { state, ...about } = shard;
  return { file: name, ...about, ...(state as Part & { settings: Settings }) };
}

let compiled: Promise<{ readonly report: ValidateFunction; readonly state: ValidateFunction }> | undefined;

async function holdAgainstSchema(report: unknown, state: unknown): Promise<{ fits: boolean; errors: string }> {
  compiled ??= compileSchemas();
  const validators = await compiled;
  for (const [validate, value] of [
    [validators.report, report],
    [validators.state, state],
  ] as const)
    if (!validate(value)) {
      const [error] = validate.errors ?? [];
      return { fits: false, errors: `${error?.instancePath ?? ""} ${error?.message ?? "does not fit"}`.trim() };
    }
  return { fits: true, errors: "" };
}

async function compileSchemas() {
  const read = async (name: string) => JSON.parse(await readFile(join(packageRoot(), "schemas", name), "utf8")) as object;
  const ajv = schemaCompiler();
  return { report: ajv.compile(await read("report.schema.json")), state: ajv.compile(await read("part.schema.json")) };
}
