import { loadContract } from "../contract/load.ts";
import type { Matcher, Row } from "../model/contract.ts";
import { visible } from "../syntax/terminal-text.ts";
import { checkReadable } from "./contract-file.ts";
import { describeRetryAfter, retryInWords } from "./describe-row.ts";
import { type Io, print } from "./io.ts";

interface Column {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** A column whose every cell says this is left out. */
  readonly dull?: string;
}

const columns: readonly Column[] = [
  { title: "Row", cell: (row) => inMarkdown(row.name) },
  { title: "Status", cell: (row) => inMarkdown(row.status.text) },
  { title: "Type", cell: (row) => matcherInMarkdown(row.type), dull: "any" },
  { title: "Code", cell: (row) => matcherInMarkdown(row.code), dull: "any" },
  { title: "Param", cell: (row) => matcherInMarkdown(row.param), dull: "any" },
  { title: "Operations", cell: (row) => inMarkdown(row.operations?.join(", ") ?? "all"), dull: "all" },
  { title: "Headers", cell: (row) => row.headers.map((header) => asCode(header.name)).join(", "), dull: "" },
  { title: "Retry-After", cell: (row) => inMarkdown(describeRetryAfter(row.retryAfter)), dull: "optional" },
  { title: "Retry", cell: (row) => retryInWords[row.retry], dull: "not said" },
];

/** `envelint contract table`: the error table as an API's documentation would print it. */
export async function run({ file = "" }: { readonly file?: string }, io: Io): Promise<number> {
  await checkReadable(file, io.cwd);
  const contract = await loadContract(file, { cwd: io.cwd });
  const shown = columns.filter((column) => contract.rows.some((row) => column.cell(row) !== column.dull));
  const lines = [
    `# ${inMarkdown(contract.title)}`,
    "",
    tableLine(shown.map((column) => column.title)),
    tableLine(shown.map(() => "---")),
    ...contract.rows.map((row) => tableLine(shown.map((column) => column.cell(row)))),
  ];
  await print(io.stdout, `${lines.join("\n")}\n`);
  return 0;
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function matcherInMarkdown({ kind, text, values }: Matcher): string {
  if (values.length > 0) return values.map((value) => asCode(String(value))).join(", ");
  return kind === "pattern" ? asCode(text) : inMarkdown(text);
}

function asCode(text: string): string {
  const shown = visible(text).replaceAll("|", "\\|");
  return shown.includes("`") ? inMarkdown(text) : `\`${shown}\``;
}

/** A text that Markdown and HTML leave alone. */
function inMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*[\]|]|\b_|_\b/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}
