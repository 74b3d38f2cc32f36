import { appendFile, stat } from "node:fs/promises";
import type { Report } from "../model/report.ts";
import { writeReport } from "../reporters/formats.ts";
import { type Io, lookOfFile } from "./io.ts";

/** Bytes of a step's summary; GitHub drops a larger one whole. */
const mostBytes = 1024 * 1024;

/** The file that GitHub shows as the job's summary; undefined = this is no step of a workflow. */
export function summaryFile({ env }: Pick<Io, "env">): string | undefined {
  return env.GITHUB_STEP_SUMMARY || undefined;
}

/**
 * Adds the report to the job's summary, after what the step has written already.
 *
 * @throws Error where it cannot be written, or has no room left.
 */
export async function appendSummary(report: Report, file: string): Promise<void> {
  const text = `${await writeReport(report, "markdown", lookOfFile)}\n`;
  const there = await stat(file).catch(() => undefined);
  if ((there?.size ?? 0) + Buffer.byteLength(text) > mostBytes)
    throw new Error("this step has written so much to the job's summary that GitHub would show none of it");
  await appendFile(file, text);
}
