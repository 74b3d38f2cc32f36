import { gatherRules } from "../choose-rules.ts";
import type { Rule } from "../model/rule.ts";
import { foreign, paragraph } from "../reporters/layout.ts";
import { paintOf } from "../reporters/look.ts";
import { columnsOf } from "../syntax/terminal-text.ts";
import type { ConfigArguments } from "./audit-options.ts";
import { type Io, lookOf, print } from "./io.ts";
import { settle } from "./settle.ts";
import { didYouMean, UsageError } from "./usage.ts";

/** `envelint rules`: every rule with its default severity and what it says. */
export async function run({ format = "pretty", ...words }: ConfigArguments & { readonly format?: string }, io: Io): Promise<number> {
  if (format !== "json" && format !== "pretty")
    throw new UsageError(`--format cannot be "${format}".${didYouMean(format, ["pretty", "json"])} It takes pretty or json.`, "rules");
  const { settings } = await settle(words, io, "rules");
  const { all } = await gatherRules(settings.rules ?? [], io.cwd);
  await print(io.stdout, format === "json" ? asJson(all) : asTable(all, io));
  return 0;
}

function asJson(all: readonly Rule[]): string {
  const listed = all.map(({ id, summary, severity, needs, subject = "server", advice, docs = `rules/${id}.md` }) => {
    return { id, summary, severity, needs, subject, advice, docs };
  });
  return `${JSON.stringify(listed, null, 2)}\n`;
}

function asTable(all: readonly Rule[], io: Io): string {
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
    lines.push(
      ...(look.width - columnsOf(beside) >= 50
        ? paragraph(look, beside, foreign(summary))
        : paragraph(look, lead, `${id}  ${foreign(summary)}`)),
    );
  }
  return `${lines.join("\n")}\n\n"envelint explain ID" prints a rule's page; "--rule ID=SEVERITY" sets its severity.\n`;
}
