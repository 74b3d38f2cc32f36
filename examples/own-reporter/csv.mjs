// A reporter of one team's own: a sheet for the weekly meeting, a line a finding.

/**
 * @param {import("envelint").Report} report What `--format json` prints, parsed.
 */
export default function csv({ findings, known }) {
  const lines = [["state", "severity", "rule", "operation", "times", "message", "promised by"]];
  const add = (
    /** @type {string} */ state,
    /** @type {typeof findings[number]} */ { severity, rule, operation, count, message, promise },
  ) => lines.push([state, severity, rule, operation, String(count), message, promise === null ? "" : `${promise.file}:${promise.line}`]);
  for (const finding of findings) add("new", finding);
  for (const finding of known) add("known", finding);
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** What a server said stands in a sheet now: it must be one cell (RFC 4180), and no formula. */
function cell(/** @type {string} */ text) {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
