import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { filesOf } from "../contract/make.ts";
import type { Judging } from "../engine/judging.ts";
import type { CaptureOptions } from "../sources/captures.ts";

/** What parts of one whole must have been judged by alike, beside what they conclude by: a hash each, so that a difference can be named. */
export interface Settings {
  /** The contract's files. */
  readonly contract: string;
  /** The rules, at what severity; of rules of the user's own their files too. */
  readonly rules: string;
  /** How captures were read: `--account`, `--strict`. */
  readonly reading: string;
}

export async function settingsOf(
  { contract, rules, severities }: Judging,
  { cwd = ".", accounts = [], strict = false }: CaptureOptions,
  ruleFiles: readonly string[],
): Promise<Settings> {
  const digestFiles = async (paths: readonly string[]) => {
    const digests: string[] = [];
    for (const path of paths) digests.push(digest(await readFile(path)));
    return digests;
  };
  const own = await digestFiles(ruleFiles.map((file) => resolve(cwd, file)));
  return {
    contract: digest((await digestFiles(filesOf(contract))).join()),
    reading: digest(JSON.stringify([accounts, strict])),
    rules: digest(JSON.stringify([rules.map(({ rule, severity }) => [rule.id, severity ?? rule.severity]), severities ?? [], own])),
  };
}

function digest(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}
