import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../model/report.ts";
import { writeReport } from "../reporters/formats.ts";
import type { Look } from "../reporters/look.ts";
import { importOwn } from "../rule-files/import-own.ts";
import { describeThrown } from "../syntax/thrown.ts";
import { UsageError } from "./usage.ts";

/** A report as text, by a module of the user's own. */
export type OwnReporter = (report: Report, look: Look) => Promise<string>;

/**
 * Parts `./reporters/mine.mjs=out=1.txt` into the module and the file; undefined where no module is named. A path may hold "=" itself: the last one
 * before which a module's name ends is taken.
 */
export function splitOwnReporter(text: string): { readonly module: string; readonly file: string | undefined } | undefined {
  for (let at = text.lastIndexOf("="); at > 0; at = text.lastIndexOf("=", at - 1))
    if (isModule(text.slice(0, at))) return { module: text.slice(0, at), file: text.slice(at + 1) };
  // `jsno=out.js` is a misspelt format and a file.
  return isPath(text) || (isModule(text) && !text.includes("=")) ? { module: text, file: undefined } : undefined;
}

function isModule(text: string): boolean {
  return /[^/\\]\.m?js$/i.test(text);
}

function isPath(text: string): boolean {
  return /^(?:\.{1,2}[/\\]|[/\\]|[A-Za-z]:[/\\]|file:)/.test(text);
}

/**
 * Loads a reporter: the default export of a module, a function `(report, look) => string`, or of a promise of one. It is given what `--format json`
 * prints, parsed, and never the inner report: that shape alone is kept.
 *
 * @throws RuleFileError, UsageError where there is none.
 */
export async function loadOwnReporter(module: string, cwd: string): Promise<OwnReporter> {
  const exported = await importOwn("reporter", module, pathOfReporter(module, cwd));
  if (typeof exported !== "function")
    throw new UsageError(
      `${module} exports no reporter. Write "export default function (report, look) { return text; }"; docs/formats.md shows one.`,
    );
  return async (report, look) => {
    const given: unknown = JSON.parse(await writeReport(report, "json", look));
    const text = await call(module, () => exported(given, { ...look }));
    if (typeof text !== "string")
      throw new UsageError(
        `The reporter ${module} gave ${text === null ? "null" : `a value of type ${typeof text}`}; it must give a string.`,
      );
    return text;
  };
}

async function call(module: string, report: () => unknown): Promise<unknown> {
  try {
    return await report();
  } catch (error) {
    throw new UsageError(`The reporter ${module} failed: ${describeThrown(error)}`);
  }
}

/** Where a reporter lies: a path relative to the working directory, or a `file:` address. */
export function pathOfReporter(module: string, cwd: string): string {
  if (!module.startsWith("file:")) return resolve(cwd, module);
  try {
    return fileURLToPath(module);
  } catch (error) {
    throw new UsageError(`--format ${module} is no file: ${describeThrown(error)}.`);
  }
}
