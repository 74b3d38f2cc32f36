/** What GitHub's runner makes of a line, by its own two parsers (ActionCommand: TryParseV2, then TryParse); undefined = plain text. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const names = new Set(
  "add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning".split(
    " ",
  ),
);
const data: readonly (readonly [string, string])[] = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%25", "%"],
];
const properties: typeof data = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%3A", ":"],
  ["%2C", ","],
  ["%25", "%"],
];

function readCommand(line: string): Command | undefined {
  return readV2(line.trimStart()) ?? readV1(line) ?? readOthers(line);
}

/** Azure Pipelines and TeamCity look for a name of their own anywhere in a line. */
function readOthers(line: string): Command | undefined {
  const [, name, data] = /##(vso|teamcity)\[([^\]]*)/i.exec(line) ?? [];
  return name === undefined ? undefined : { name, properties: {}, data: data ?? "" };
}

/** The commands of a text, line by line as the runner reads a step's output. */
export function readCommands(text: string): Command[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => readCommand(line) ?? []);
}

function readV2(line: string): Command | undefined {
  const end = line.startsWith("::") ? line.indexOf("::", 2) : -1;
  if (end < 0) return undefined;
  const head = line.slice(2, end);
  const space = head.indexOf(" ");
  return commandOf(space < 0 ? head : head.slice(0, space), space < 0 ? "" : head.slice(space + 1), ",", line.slice(end + 2));
}

function readV1(line: string): Command | undefined {
  const start = line.indexOf("##[");
  const end = start < 0 ? -1 : line.indexOf("]", start);
  if (end < 0) return undefined;
  const head = line.slice(start + 3, end);
  const space = head.indexOf(" ");
  return commandOf(space < 0 ? head : head.slice(0, space), space < 0 ? "" : head.slice(space + 1), ";", line.slice(end + 1));
}

function commandOf(name: string, given: string, separator: string, rest: string): Command | undefined {
  if (!names.has(name.toLowerCase())) return undefined;
  const pairs = given
    .trim()
    .split(separator)
    .flatMap((pair): [string, string][] => {
      const at = pair.indexOf("=");
      return at < 1 ? [] : [[pair.slice(0, at), unescaped(pair.slice(at + 1), properties)]];
    });
  return { name, properties: Object.fromEntries(pairs), data: unescaped(rest, data) };
}

function unescaped(text: string, mappings: typeof data): string {
  return mappings.reduce((left, [escaped, plain]) => left.replaceAll(escaped, plain), text);
}
