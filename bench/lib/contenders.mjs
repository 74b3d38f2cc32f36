// What is measured: commands that read a capture and tell how many error answers it holds.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @param {string} path within bench/ */
const inBench = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const envelint = fileURLToPath(new URL("../../bin/envelint.js", import.meta.url));
const { execPath } = process;

/**
 * @typedef {object} Contender
 * @property {string} id
 * @property {string} name as the table calls it
 * @property {(capture: string, report: string) => string[]} command
 * @property {readonly string[]} [peers] the packages of bench/ that it needs
 * @property {string} [program] the program that it needs
 * @property {Record<string, string>} [env]
 * @property {readonly number[]} [exits] exit codes of a run that did its work [0]
 * @property {(output: string, report: string) => { errors?: number, entries?: number }} [tell] what it read, of its output and its report
 */

/** @param {string} id @param {string} name @param {readonly string[]} peers @returns {Contender} */
const ours = (id, name, peers = []) => ({
  id,
  name,
  peers,
  command: (capture) => [execPath, inBench(`contenders/${id}.mjs`), capture],
  tell: (output) => JSON.parse(output),
});

/** The command as users run it, the whole report written, which says how much was read; all rules, unless flags say otherwise. @param {string} id @param {string} name @param {Partial<Contender>} more @param {readonly string[]} flags @returns {Contender} */
const audit = (id, name, more = {}, flags = []) => ({
  id,
  name,
  exits: [0, 1],
  ...more,
  command: (capture) => [execPath, envelint, capture, ...flags],
  tell: (output) => {
    const [, entries, errors] =
      /Judged: [\d,]+ of ([\d,]+) exchanges? .*?([\d,]+) error answers?/.exec(output.replaceAll(/\s+/g, " ")) ?? [];
    return { errors: numberIn(errors), entries: numberIn(entries) };
  },
});

/** `12,345` @param {string | undefined} text */
const numberIn = (text = "") => Number(text.replaceAll(",", ""));

/** @type {readonly Contender[]} */
const contenders = [
  { id: "bare-node", name: "node -e 0", command: () => [execPath, "-e", "0"] },
  { id: "wc", name: "wc -l", program: "wc", command: (capture) => ["wc", "-l", capture] },
  ours("json-parse", "readFile + JSON.parse"),
  ours("streamparser", "@streamparser/json", ["@streamparser/json"]),
  ours("stream-json", "stream-json", ["stream-json", "stream-chain"]),
  {
    id: "jq",
    name: "jq",
    program: "jq",
    command: (capture) => ["jq", "[.log.entries[].response | select(.status >= 400) | .content.text | fromjson] | length", capture],
    tell: (output) => ({ errors: Number(output) }),
  },
  ours("har-validator", "har-validator", ["har-validator"]),
  {
    id: "drift",
    name: "Redocly drift",
    peers: ["@redocly/cli"],
    env: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    exits: [0, 1],
    command: (capture, report) => [
      execPath,
      inBench("node_modules/@redocly/cli/bin/cli.js"),
      "drift",
      capture,
      ...["--api", inBench("openapi.json"), "--format", "json", "--output", report],
    ],
    // It knows no errors, only what differs from the description.
    tell: (_, report) => ({ entries: JSON.parse(report).run.totalExchanges }),
  },
  ours("openapi-response-validator", "openapi-response-validator", ["openapi-response-validator"]),
  audit("envelint", "envelint"),
  audit("envelint-plain", "envelint, plain scanner", { env: { ENVELINT_SCANNER: "plain" } }),
  audit("envelint-strict", "envelint --strict", {}, ["--strict"]),
  // What checks nothing is no green.
  audit("envelint-reading", "envelint, all rules off", { exits: [2] }, ["--rule", "*=off"]),
  { ...ours("import-yargs", 'import "yargs"', ["yargs"]), tell: () => ({}) },
];

/** @param {readonly string[]} ids */
export const choose = (ids) =>
  ids.map((id) => {
    const contender = contenders.find((one) => one.id === id);
    if (contender === undefined) throw new Error(`no contender is called ${id}: ${contenders.map((one) => one.id).join(", ")}`);
    return contender;
  });

/** Why it cannot be run here; undefined where it can. @param {Contender} contender */
export function whyNotRun({ peers = [], program }) {
  const missing = peers.find((peer) => !existsSync(inBench(`node_modules/${peer}/package.json`)));
  if (missing !== undefined) return `${missing} is not installed`;
  const folders = (process.env.PATH ?? "").split(delimiter);
  if (program !== undefined && !folders.some((folder) => existsSync(join(folder, program)))) return `${program} is not installed`;
  return undefined;
}
