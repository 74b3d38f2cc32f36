import { maskSecrets } from "../engine/mask.ts";
import type { Json } from "../model/json.ts";
import { invisible, visible } from "../syntax/terminal-text.ts";
import type { InForce, Sourced } from "./in-force.ts";

/** What is in force as a configuration that says the same where it is saved in the working directory; comments say where each value comes from. */
export function describeInForce(inForce: readonly InForce[], file: string | undefined): string {
  const head =
    file === undefined
      ? "# There is no configuration. This one would say what is in force without it."
      : `# What is in force, by ${comment(file)} and the command line.`;
  return `${[head, ...inForce.flatMap(linesOf)].join("\n")}\n`;
}

function linesOf(entry: InForce): string[] {
  const { key } = entry;
  if ("nothing" in entry) return [`# ${key}: ${entry.nothing}`];
  if ("items" in entry) return [`${key}:`, ...entry.items.map((item) => `  - ${withSource(item)}`)];
  if ("members" in entry) return [`${key}:`, ...entry.members.map(({ name, ...member }) => `  ${scalar(name)}: ${withSource(member)}`)];
  return [`${key}: ${withSource(entry)}`];
}

function withSource({ value, from, note }: Sourced): string {
  return `${flow(value)} # ${comment(note === undefined ? from : `${from}; ${note}`)}`;
}

/** A value as YAML on one line. */
function flow(value: Json): string {
  if (typeof value === "string") return scalar(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${scalar(name)}: ${flow(member)}`);
  return `{ ${members.join(", ")} }`;
}

/** A text as YAML: plain where it can be read in no other way; else in quotes, with an escape for what a terminal would obey or hide. */
function scalar(text: string): string {
  const shown = maskSecrets(text, []);
  const isPlain = /^(?:\.{1,2}\/)*[A-Za-z/][\w/.*+-]*(?:[:=][\w/.*+-]+)?$/.test(shown) && !/^(?:true|false|null)$/i.test(shown);
  return isPlain ? shown : escapeInvisible(JSON.stringify(shown));
}

function escapeInvisible(quoted: string): string {
  return quoted.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
  });
}

function comment(text: string): string {
  return visible(maskSecrets(text, []));
}

/** The same for programs. What looks like a secret is masked here as well. */
export function inForceAsJson(inForce: readonly InForce[], file: string | undefined): string {
  const values = Object.fromEntries(inForce.map((entry) => [entry.key, jsonOf(entry)]));
  return `${JSON.stringify(maskJson({ file: file ?? null, values }), null, 2)}\n`;
}

function jsonOf(entry: InForce): Json {
  if ("nothing" in entry) return null;
  if ("items" in entry) return entry.items.map(sourcedAsJson);
  if ("members" in entry) return Object.fromEntries(entry.members.map((member) => [member.name, sourcedAsJson(member)]));
  return sourcedAsJson(entry);
}

function sourcedAsJson({ value, from, note }: Sourced): Json {
  return { value, from, ...(note !== undefined && { note }) };
}

/** Names of members are a user's words as much as their values. */
function maskJson(value: Json): Json {
  if (typeof value === "string") return maskSecrets(value, []);
  if (Array.isArray(value)) return value.map(maskJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [maskSecrets(name, []), maskJson(member)]));
}
