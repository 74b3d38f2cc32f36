import { counted } from "../../layout.ts";
import type { ExchangeData, FindingData, GroupData } from "../page-data.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import { storiesOf } from "./attempts.ts";
import { copyable } from "./copyable.ts";
import { anchorOf, filterLink } from "./links.ts";
import { sampleView, sightView } from "./sample.ts";
import { timelineView } from "./timeline.ts";

const mostStories = 3;

/** One finding of a group: its operation, row and promise, where it was seen, the first sample in full and `samples - 1` others folded. */
export function findingView(
  finding: FindingData,
  { rule, advice }: GroupData,
  exchanges: readonly ExchangeData[],
  samples: number,
): Branch {
  const [first, ...others] = finding.samples.slice(0, samples);
  const more = finding.count - Math.min(samples, finding.samples.length);
  const stories = storiesOf(finding, exchanges).slice(0, mostStories);
  return h(
    "section",
    { class: "one", id: anchorOf(finding), tabindex: -1, "aria-label": `${rule} in ${finding.operation}` },
    h("ul", { class: "facts" }, ...factsOf(finding).map((fact) => h("li", {}, fact))),
    finding.advice === undefined || finding.advice === advice
      ? undefined
      : h("p", { class: "advice" }, h("strong", {}, "Fix "), finding.advice),
    finding.remark === undefined ? undefined : h("p", {}, finding.remark),
    ...stories.map(timelineView),
    first === undefined ? undefined : [h("p", { class: "sight" }, sightView(first)), sampleView(first, exchanges)],
    ...others.map((sample) => h("details", { class: "another" }, h("summary", {}, sightView(sample)), sampleView(sample, exchanges))),
    more > 0 && finding.samples.length > 0 ? h("p", { class: "dim" }, `and ${counted(more, "more sighting")}`) : undefined,
    copyable(
      "fingerprint",
      { class: "fingerprint" },
      h("a", { href: `#${anchorOf(finding)}`, "data-copied": true }, finding.fingerprint),
      h("span", { class: "dim" }, "Fingerprint "),
    ),
  );
}

function factsOf({ operation, row, promise, subject, count }: FindingData): Tree[] {
  const facts: Tree[] = [["in ", h("a", { href: filterLink({ operation }) }, operation)]];
  if (row !== null) facts.push(["row ", h("a", { href: filterLink({ row }) }, row)]);
  if (promise !== null) facts.push(["promised at ", h("code", {}, promise)]);
  if (subject !== null && subject !== "server") facts.push(`the ${subject}'s conduct`);
  if (count > 0) facts.push(count === 1 ? "once" : counted(count, "time"));
  return facts;
}
