import type { Location } from "sarif";
import { clipped } from "./clipped.ts";
import type { Look } from "./look.ts";
import { type FileLine, repositoryPath } from "./told-at.ts";

/** What relative addresses are relative to; code hosts take it for the checkout. */
export const sourceRoot = "%SRCROOT%";

/** A line of a file as SARIF names it. */
export function locate({ file, line }: FileLine, look: Look, message?: string): Location {
  const uri = uriOf(repositoryPath(file, look));
  const artifactLocation = uri.startsWith("file:") ? { uri } : { uri, uriBaseId: sourceRoot };
  // Where a line ends is not known here; a region of one column at its start is what every viewer opens.
  const region = { startLine: line, startColumn: 1, endLine: line, endColumn: 2 };
  return {
    physicalLocation: { artifactLocation, region },
    ...(message !== undefined && { message: { text: clipped(message, 1_000) } }),
  };
}

/** A path as a URI reference: relative, or `file:` where it is absolute; every character but the unreserved ones escaped. */
export function uriOf(path: string): string {
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0] ?? "";
  // Lone surrogates are no text; a Buffer replaces them.
  const segments = Buffer.from(path.slice(drive.length)).toString().split("/").map(encodeURIComponent);
  const escaped = drive + segments.join("/");
  return drive !== "" ? `file:///${escaped}` : escaped.startsWith("/") ? `file://${escaped}` : escaped;
}
