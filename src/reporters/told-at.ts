import { posix, sep } from "node:path";
import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Look } from "./look.ts";

/** A line of a file that a consumer can open. */
export interface FileLine {
  readonly file: string;
  /** One-based. */
  readonly line: number;
}

/**
 * Where a finding is shown: at the line of the user's contract that promises otherwise, for that is what a reviewer has in the repository; else,
 * where the contract is not theirs, in the capture.
 */
export function toldAt({ promise, samples }: Pick<Finding, "promise" | "samples">, { contract }: Pick<Report, "contract">): FileLine {
  if (promise !== null && !isBuiltin(promise.file)) return { file: promise.file, line: Math.max(1, promise.line) };
  const [sample] = samples;
  if (sample !== undefined) return { file: sample.capture, line: Math.max(1, sample.line ?? 1) };
  return { file: contract.file.replace(/^builtin:/, ""), line: 1 };
}

/** Contracts that ship with envelint are no files of the user's. */
function isBuiltin(file: string): boolean {
  return file.startsWith("builtin:");
}

/** A path as the repository knows it: from its root, with "/". What lies outside stays as it is named. */
export function repositoryPath(file: string, { root = "" }: Look): string {
  const path = file.split(sep).join("/");
  if (posix.isAbsolute(path) || /^[A-Za-z]:\//.test(path) || path.startsWith("<")) return path;
  return posix.normalize(posix.join(root, path));
}
