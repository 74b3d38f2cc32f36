import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isRuleFile } from "../rule-files/load-rules.ts";
import { isCalendarDay } from "../syntax/calendar-day.ts";
import { serverFault } from "../syntax/server-prefix.ts";
import { adviseNearest, type FaultList } from "../yaml-source/fault-list.ts";
import { itemsOf, memberOf, membersOf, type SourceMap, type SourceNode, textOf } from "../yaml-source/source-tree.ts";
import { textsOf } from "./texts-of.ts";

/** What a configuration is held against. */
export interface Surroundings {
  /** The folder that its file names are relative to. */
  readonly folder: string;
  /** Names of the formats that there are. */
  readonly formats: readonly string[];
}

/** Tells what no schema can say of a configuration, and what needs neither contract nor rules to be known. */
export function checkConfig(tree: SourceMap, { folder, formats }: Surroundings, faults: FaultList): void {
  const node = (key: string) => memberOf(tree, key)?.node;
  for (const { text, at, path } of textsOf(node("captures")))
    if (text === "-") faults.tell({ at, path, message: "standard input can be named on the command line alone" });
  for (const [account, { keyAt, node: files }] of membersOf(node("accounts"))) {
    if (account === "") faults.tell({ at: keyAt, path: files.path, message: "is an account without a name" });
    for (const { text, at, path } of textsOf(files))
      if (text === "-") faults.tell({ at, path, message: "standard input can be named on the command line alone" });
  }
  for (const { text, at, path } of textsOf(node("servers"))) {
    const fault = serverFault(text);
    if (fault !== undefined) faults.tell({ at, path, message: "is not a URL prefix", advice: "for instance https://api.example.com/v1" });
  }
  for (const { text, at, path } of textsOf(node("customRules")))
    if (!isFile(resolve(folder, text)))
      faults.tell({ at, path, message: "is no file that can be read", advice: "it is looked for beside the configuration" });
  for (const [name, { keyAt, node: severity }] of membersOf(node("rules")))
    if (isRuleFile(name))
      faults.tell({
        at: keyAt,
        path: severity.path,
        message: "is a file: rule files stand under customRules",
        advice: "here their rules stand by id",
      });
  checkFormats(node("formats"), formats, faults);
  for (const entry of [...itemsOf(node("severities")), ...itemsOf(node("ignores"))]) checkPattern(entry, faults);
  for (const entry of itemsOf(node("ignores"))) checkUntil(memberOf(entry, "until")?.node, faults);
}

function checkFormats(node: SourceNode | undefined, formats: readonly string[], faults: FaultList): void {
  let shown = 0;
  for (const { text, at, path } of textsOf(node)) {
    const equals = text.indexOf("=");
    const name = equals < 0 ? text : text.slice(0, equals);
    const file = equals < 0 ? "-" : text.slice(equals + 1);
    if (!formats.includes(name) && !isRuleFile(name))
      faults.tell({ at, path, message: `is no format: ${faults.quote(name, at)}`, ...near(name, formats) });
    if (file === "") faults.tell({ at, path, message: "names no file", advice: `for instance ${name}=report.txt` });
    if (file === "-" && ++shown > 1)
      faults.tell({ at, path, message: "goes to standard output as another one does", advice: `give it a file: ${name}=report.txt` });
  }
}

function near(name: string, formats: readonly string[]): { readonly advice: string } {
  return { advice: adviseNearest(name, formats).advice ?? `there are ${formats.join(", ")}` };
}

function checkPattern(entry: SourceNode, faults: FaultList): void {
  if (entry.kind !== "map" || ["rule", "subject", "operation", "row", "fingerprint"].some((key) => entry.members.has(key))) return;
  faults.tell({
    at: entry.at,
    path: entry.path,
    message: "names nothing, and would mean every finding",
    advice: 'write rule: "*" if that is meant',
  });
}

/** To a schema's pattern 2027-02-30 is a day. */
function checkUntil(node: SourceNode | undefined, faults: FaultList): void {
  const text = textOf(node);
  // What does not look like one the schema tells.
  if (node === undefined || text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text) || isCalendarDay(text)) return;
  faults.tell({ at: node.at, path: node.path, message: `is no day of the calendar: ${text}` });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
