import type { Contract, Masking, Operation, RateLimit } from "../../model/contract.ts";
import { nameCredential } from "./check-accounts.ts";
import { placeholder as open } from "./check-placeholders.ts";
import { parametersIn } from "./path-parameters.ts";
import { planLimits } from "./planned-limits.ts";

export interface WritePlanOptions {
  /** What the plan names as its contract [the contract's own file]. */
  readonly contract?: string;
  /** [to be filled in] */
  readonly target?: string;
}

/** A plan for a contract, commented, to be filled in. */
export function writePlan(contract: Contract, { contract: reference = contract.file, target }: WritePlanOptions = {}): string {
  const sections = [
    [
      "# yaml-language-server: $schema=./node_modules/envelint/schemas/plan.schema.json",
      `# What envelint probe may ask, and as whom, for the contract "${onOneLine(contract.title)}". Fill in every ${open}, or take its line out. Then`,
      "#   envelint probe plan.yaml --dry-run",
      "# shows what would be sent, and sends nothing.",
      "probe: 1",
      `target: ${scalar(target ?? `https://${open}`)} # the only place that requests go to`,
      `contract: ${scalar(reference)}`,
    ],
    accountLines(contract),
    resourceLines(contract),
    parameterLines(contract),
    requestLines(contract),
    limitLines(contract.rateLimit),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const accountNames = ["alice", "bob"] as const;

function accountLines({ authentication, masking }: Contract): string[] {
  const { declared, credentials } = authentication;
  if (!declared && masking.length === 0) return [];
  const variables = (account: string) => {
    const names = credentials.map((credential) => {
      const suffix = credentials.length === 1 ? "CREDENTIAL" : Object.values(credential).join("_");
      return `${account}_${suffix}`.replaceAll(/[^A-Za-z0-9]/g, "_").toUpperCase();
    });
    return names.length === 1 ? names[0] : `[${names.join(", ")}]`;
  };
  return [
    "# Who asks. alice has what bob must not see. Credentials stand in the environment, never here: each of these names a variable that holds",
    `# the whole value of ${credentials.map(nameCredential).join(", ")}${credentials.some((each) => "header" in each && /^authorization$/i.test(each.header)) ? ', such as "Bearer …"' : ""}.`,
    "accounts:",
    ...accountNames.map((account) => `  ${account}: { credential: ${variables(account)} }`),
  ];
}

function resourceLines({ masking }: Contract): string[] {
  if (masking.length === 0) return [];
  return [
    "# What they have. `own` exists and is to stay as it is. Where writes are allowed (--allow-writes): `throwAway` may be changed or lost, and each",
    "# of `fresh` is one on which what can be done only once was not yet done.",
    "resources:",
    ...[...new Map(masking.map((each) => [each.resource, each])).values()].flatMap(resourceEntry),
  ];
}

function resourceEntry({ resource, parameter, answer }: Masking): string[] {
  const [id, example] = parameter === undefined ? [`/${open}`, "/path"] : [open, "id"];
  return [
    `  ${key(resource)}: # ${parameter === undefined ? "by its whole path" : `{${parameter}}`}; of another's: ${answer.name}`,
    "    alice:",
    `      own: ${scalar(id)}`,
    `      # throwAway: ${example}`,
    `      # fresh: [${example}1, ${example}2]`,
    "    bob:",
    `      own: ${scalar(id)}`,
    "    # How one to throw away is made:",
    `    # create: { send: POST /path, body: {}, id: /id }`,
  ];
}

function parameterLines(contract: Contract): string[] {
  const masked = contract.masking.map(({ parameter }) => parameter);
  const templates = contract.operations.flatMap(({ templates: each }) => each);
  const names = new Set(templates.flatMap(parametersIn).filter((name) => !masked.includes(name)));
  if (names.size === 0) return [];
  return [
    "# What stands for the other parameters in paths.",
    "parameters:",
    ...[...names].map((name) => `  ${key(name)}: ${scalar(open)}`),
  ];
}

function requestLines(contract: Contract): string[] {
  return [
    "# What is asked, by operations of the contract. A path begins where the target ends; {parameter} is filled from above.",
    `requests:${contract.operations.length === 0 ? " {}" : ""}`,
    ...contract.operations.flatMap((operation) => operationEntry(operation, contract)),
    "  # What is none of these:",
    "  # other: [GET /path, { send: POST /path, body: {} }]",
  ];
}

function operationEntry({ name, templates }: Operation, { idempotency }: Contract): string[] {
  const duty = idempotency?.operations[name];
  return [
    `  # ${templates.join(", ")}${starNotes(templates)}`,
    ...(duty === undefined ? [] : [`  # Takes a key (${idempotency?.keyText}), ${duty}.`]),
    `  ${key(name)}:`,
    ...templates.flatMap((template) => requestEntry(template, duty !== undefined)),
  ];
}

/** What the stars of templates stand for: that is what is to be written. */
function starNotes(templates: readonly string[]): string {
  const some = (pattern: RegExp) => templates.some((template) => pattern.test(template));
  const notes = [
    some(/^\* /) && "* stands for every method: list those that there are",
    some(/\/\*\*/) && "** stands for any segments, or none",
    some(/[^*/ ]\*(?!\*)|\/\*(?!\*)/) && "* in a path stands for any characters",
  ].filter((note) => note !== false);
  return notes.length === 0 ? "" : ` (${notes.join("; ")})`;
}

function requestEntry(template: string, takesKey: boolean): string[] {
  const [methods = "", path = ""] = template.split(" ", 2);
  const written = writePath(path);
  const [parameter] = parametersIn(written).slice(-1);
  return (methods === "*" ? ["GET"] : methods.split("|")).flatMap((method) => {
    const send = scalar(`${method} ${written}`);
    if (!/^(?:POST|PUT|PATCH)$/.test(method)) return [`    - ${send}`];
    const done = takesKey && parameter !== undefined;
    return [
      `    - send: ${send}`,
      `      body: ${scalar(open)} # one that is valid; left out where there is none`,
      ...(done ? ["      # One on which it was done already: to do it again can do nothing.", `      # done: { ${parameter}: id }`] : []),
    ];
  });
}

/** A template's path with what its stars leave open. */
function writePath(path: string): string {
  return path.replace(/(\})\/\*\*$/, "$1").replaceAll(/\*{1,2}/g, open);
}

function limitLines(rateLimit: RateLimit | undefined): string[] {
  const { requests, pace, timeout, patience, body } = planLimits(undefined, rateLimit);
  return [
    "# How much is asked, and how fast: what is taken where nothing is said here. Seconds, bytes, and requests a minute.",
    `# limits: { requests: ${requests}, pace: ${pace}, timeout: ${timeout / 1_000}, patience: ${patience / 1_000}, body: ${body} }`,
  ];
}

const key = (name: string) => (/^[A-Za-z_][\w.-]*$/.test(name) && !/^(?:true|false|null)$/i.test(name) ? name : JSON.stringify(name));

/** A value as YAML: plain where that can be read in no other way. */
function scalar(text: string): string {
  return /^[A-Za-z/.<][\w/.:+<>{}?=&-]*(?: [\w/.:+<>{}?=&-]+)?$/.test(text) && !/:$|^(?:true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
