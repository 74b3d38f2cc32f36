import type { ExchangeData, SampleData } from "../page-data.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import { copyable } from "./copyable.ts";
import { exchangeView } from "./message.ts";

/** One exchange in which a finding was seen: the place, what was promised and what was there, request and response. */
export function sampleView(sample: SampleData, exchanges: readonly ExchangeData[]): Branch {
  const exchange = sample.exchange === null ? undefined : exchanges[sample.exchange];
  return h(
    "div",
    { class: "sample" },
    comparison(sample),
    exchange && exchangeView(exchange, sample.mark),
    exchange === undefined || (sample.mark === null && sample.place !== "") ? evidenceView(sample, exchange === undefined) : undefined,
    sample.asked === undefined ? undefined : h("p", {}, h("span", { class: "dim" }, "Asked by "), sample.asked),
    sample.curl === undefined
      ? undefined
      : copyable(
          "curl line",
          { class: "command" },
          h("pre", { "data-copied": true }, sample.curl),
          h("p", { class: "dim" }, "Ask the same again:"),
        ),
    ...sample.related.map((related) => relatedView(related, exchanges)),
  );
}

/** A sample's line: where it was seen, and what was asked and answered. */
export function sightView({ where, method, url, status }: SampleData): Tree {
  return [
    h("span", { class: "dim" }, `${where} `),
    h("code", {}, `${method} ${url}`),
    " → ",
    h("code", {}, status === 0 ? "no answer" : String(status)),
  ];
}

function comparison({ place, expected, found }: SampleData): Tree {
  const lines = [
    ["at", place, "place"],
    ["− expected", expected, "expected"],
    ["+ found", found, "found"],
  ].filter(([, text]) => text !== "");
  if (lines.length === 0) return undefined;
  return h(
    "dl",
    { class: "comparison" },
    ...lines.map(([name = "", text = "", kind]) => h("div", { class: kind }, h("dt", {}, name), h("dd", {}, text))),
  );
}

/** Where the exchange is not in the page, or the place not in what it shows of it. */
function evidenceView({ evidence: [before, marked, after] }: SampleData, isAlone: boolean): Tree {
  if (before + marked + after === "") return isAlone ? h("p", { class: "dim" }, "The exchange itself is not on this page.") : undefined;
  return h(
    "figure",
    { class: "evidence" },
    h("figcaption", { class: "dim" }, isAlone ? "Evidence (the exchange itself is not on this page)" : "The place"),
    h("pre", {}, before, marked === "" ? undefined : h("mark", {}, marked), after),
  );
}

function relatedView({ where, exchange: index }: SampleData["related"][number], exchanges: readonly ExchangeData[]): Branch {
  const exchange = index === null ? undefined : exchanges[index];
  if (exchange === undefined) return h("p", { class: "related" }, h("span", { class: "dim" }, "with "), where);
  const { request, response } = exchange;
  return h(
    "details",
    { class: "related" },
    h(
      "summary",
      {},
      h("span", { class: "dim" }, `with ${where} `),
      h("code", {}, request.line.join(" ")),
      " → ",
      h("code", {}, response?.line[0] ?? "no answer"),
    ),
    exchangeView(exchange, null),
  );
}
