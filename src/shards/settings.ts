import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { filesOf } from "../contract/load.ts";
import type { Judging } from "../engine/judging.ts";

/** What parts of one whole must have been judged by alike, beside what they conclude by: a hash each, so that a difference can be named. */
export interface Settings {
  /** The contract's files. */
  readonly contract: string;
  /** The rules, at what severity. */
  readonly rules: string;
}

export async function settingsOf({ contract, rules, severities }: Judging): Promise<Settings> {
  const files: string[] = [];
  for (const path of filesOf(contract)) files.push(digest(await readFile(path)));
  return {
    contract: digest(files.join()),
    rules: digest(JSON.stringify([rules.map(({ rule, severity }) => [rule.id, severity ?? rule.severity]), severities ?? []])),
  };
}

function digest(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}
