import { expect, test } from "vitest";
import { gatherPage } from "../../../src/reporters/html/gather.ts";
import { storiesOf } from "../../../src/reporters/html/views/attempts.ts";
import { findingOf, sampleOf } from "../sample-report.ts";
import { retriesReport } from "./retries.ts";

function storiesIn(report: ReturnType<typeof retriesReport>) {
  const { data } = gatherPage(report);
  const finding = data.groups[0]?.findings[0];
  return finding === undefined ? [] : storiesOf(finding, data.exchanges);
}

test("samples that share an exchange are one story, in the order of time", () => {
  const stories = storiesIn(retriesReport());
  expect(stories.map((story) => story.map(({ exchange, early }) => [exchange.entry, early]))).toEqual([
    [
      [1, 0],
      [2, 6],
      [3, 0],
    ],
  ]);
});

test("samples of their own, exchanges without a time and lone ones make none", () => {
  const apart = findingOf({ samples: [sampleOf({ entry: 1 }), sampleOf({ entry: 2 })] });
  expect(storiesIn(retriesReport({ findings: [apart] }))).toEqual([]);
  const { exchanges = [] } = retriesReport();
  expect(storiesIn(retriesReport({ exchanges: exchanges.map((exchange) => ({ ...exchange, startedAt: null })) }))).toEqual([]);
});

test("what is less than a second early is no haste", () => {
  const { exchanges = [] } = retriesReport();
  const late = exchanges.map((exchange) =>
    exchange.entry === 2 ? { ...exchange, startedAt: (exchange.startedAt ?? 0) + 5_100 } : exchange,
  );
  expect(storiesIn(retriesReport({ exchanges: late }))[0]?.map(({ early }) => early)).toEqual([0, 0, expect.any(Number)]);
});
