import { rules as all } from "../../rules/index.ts";
import { paragraph } from "../reporters/layout.ts";
import { paintOf } from "../reporters/look.ts";
import { columnsOf } from "../syntax/terminal-text.ts";
import { type Io, lookOf, print } from "./io.ts";
import { didYouMean, UsageError } from "./usage.ts";

/** `envelint rules`: every rule with its default severity and what it says. */
export async function run({ format = "pretty" }: { readonly format?: string }, io: Io): Promise<number> {
  if (format === "json") await print(io.stdout, asJson());
  else if (format === "pretty") await print(io.stdout, asTable(io));
  else throw new UsageError(`--format cannot be "${format}".${didYouMean(format, ["pretty", "json"])} It takes pretty or json.`, "rules");
  return 0;
}

function asJson(): string {
  const listed = all.map(({ id, summary, severity, needs, subject = "server", advice }) => {
    return { id, summary, severity, needs, subject, advice, docs: `rules/${id}.md` };
  });
  return `${JSON.stringify(listed, null, 2)}\n`;
}

function asTable(io: Io): string {
  const look = lookOf(io.stdout, io.env);
  const paint = { ...paintOf(look), off: paintOf(look).dim };
  const longest = Math.max(...all.map((rule) => rule.id.length));
  const lines: string[] = [];
  let family = "";
  for (const { id, severity, summary } of all) {
    const [of = ""] = id.split("/");
    if (family !== "" && of !== family) lines.push("");
    family = of;
    const lead = `${paint[severity](severity.padEnd(7))}  `;
    const beside = `${lead}${id.padEnd(longest)}  `;
    lines.push(...(look.width - columnsOf(beside) >= 50 ? paragraph(look, beside, summary) : paragraph(look, lead, `${id}  ${summary}`)));
  }
  return `${lines.join("\n")}\n\n"envelint explain ID" prints a rule's page; "--rule ID=SEVERITY" sets its severity.\n`;
}
