import type { Finding } from "../model/finding.ts";
import { describePlace } from "../model/place.ts";
import { clipped } from "./clipped.ts";
import { counted, number } from "./layout.ts";

/** A finding with its evidence, for the text of a failure. */
export function inWords(finding: Finding): string[] {
  const { severity, rule, message, operation, advice, promise, count, samples } = finding;
  const lines = [`${severity} ${rule}${inOperation(operation)}: ${clipped(message, 500)}`];
  if (promise !== null) lines.push(`  promised by ${clipped(promise.file, 300)}:${promise.line}`);
  const [sample] = samples;
  if (sample !== undefined) {
    const { capture, entry, method, url, status, place, expected, found, evidence } = sample;
    const answer = status === 0 ? "(no answer)" : status;
    lines.push(`  ${counted(count, "time")}, first ${clipped(capture, 200)} entry ${entry}: ${clipped(`${method} ${url}`, 500)} ${answer}`);
    lines.push(`  at ${clipped(describePlace(place), 300)}`);
    if (expected !== "") lines.push(`  expected  ${clipped(expected, 500)}`);
    if (found !== "") lines.push(`  found     ${clipped(found, 500)}`);
    if (evidence !== "") lines.push(`  ${clipped(evidence, 500)}`);
  }
  if (advice !== "") lines.push(`  fix: ${clipped(advice, 500)}`);
  return [...lines, ""];
}

/** A line for each of the first findings, with the word that says why it fails nothing, and a count of the others. */
export function someInWords<Kind extends Finding>(
  findings: readonly Kind[],
  word: string,
  most: number,
  why: (finding: Kind) => string = () => "",
): string[] {
  return [
    ...findings
      .slice(0, most)
      .map(
        (finding) =>
          `${word}: ${finding.severity} ${finding.rule}${inOperation(finding.operation)}: ${clipped(finding.message, 500)}${why(finding)}`,
      ),
    ...moreThan(most, findings.length),
  ];
}

/** What is not listed, as the list's last line. */
export function moreThan(most: number, count: number): string[] {
  return count > most ? [`and ${number(count - most)} more, which --format json has`] : [];
}

function inOperation(operation: string): string {
  return operation === "other" ? "" : ` in ${clipped(operation, 100)}`;
}
