import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { audit } from "../audit.ts";
import type { AuditArguments } from "./audit-options.ts";
import { commandNames } from "./command-words.ts";
import type { Io } from "./io.ts";
import { reportRun } from "./report-run.ts";
import { settle } from "./settle.ts";
import { didYouMean, UsageError } from "./usage.ts";

/** `envelint audit`: judges captures, writes the reports. */
export async function run(words: AuditArguments, io: Io): Promise<number> {
  checkMistakenCommand(words.captures ?? [], io.cwd);
  const { given, settings, captures, config } = await settle(words, io, "audit");
  if (captures.length === 0)
    throw new UsageError(
      `Give a capture to judge: a HAR file, a glob, a folder, or - for standard input, as in envelint traffic.har. Or name captures in ${config?.file ?? "envelint.config.yaml"}, under captures.`,
      "audit",
    );
  return reportRun(given, captures, io, (surroundings) => audit(captures, { ...settings, ...surroundings }));
}

/** `envelint rulse` is taken for a capture; say so where there is none of that name. */
function checkMistakenCommand([first = ""]: readonly string[], cwd: string): void {
  if (!/^[a-z]+$/.test(first) || existsSync(resolve(cwd, first))) return;
  const meant = didYouMean(first, commandNames, (near) => `the command "${near}"`);
  throw new UsageError(`There is no command and no capture "${first}".${meant}`, "audit");
}
