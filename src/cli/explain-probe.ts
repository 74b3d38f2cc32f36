import { controlsAfter, probes } from "../probe/catalogue/index.ts";
import type { Probe } from "../probe/probe.ts";
import { paragraph } from "../reporters/layout.ts";
import { type Look, paintOf } from "../reporters/look.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";

/** Every probe's id. */
export const probeIds: readonly string[] = [...probes, ...controlsAfter].map(({ id }) => id);

/** What a probe asks and needs, or the probes of a family or glob; undefined where no probe is meant. */
export function explainProbes(name: string, look: Look): string | undefined {
  const all = [...probes, ...controlsAfter];
  const one = all.find(({ id }) => id === name);
  if (one !== undefined) return `${explainProbe(one, look).join("\n")}\n`;
  const some = all.filter(({ id }) => matchesWildcard(id, name) || id.startsWith(`${name}/`));
  if (some.length === 0) return undefined;
  const longest = Math.max(...some.map(({ id }) => id.length));
  return `${some.flatMap(({ id, summary }) => paragraph(look, `${id.padEnd(longest)}  `, summary)).join("\n")}\n`;
}

function explainProbe({ id, summary, needs }: Probe, look: Look): string[] {
  const { bold } = paintOf(look);
  return [
    ...paragraph(look, "", `${bold(id)}  ${summary}`),
    ...paragraph(look, "  needs: ", needs),
    ...paragraph(look, "  ", `"envelint probe plan.yaml --dry-run --probe ${id}" shows the requests that it sends.`),
  ];
}
