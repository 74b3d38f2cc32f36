import { expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { makeExchange } from "../kit/exchange.ts";

test("the built-in contract reads an answer", async () => {
  const contract = await loadContract();
  const x = makeExchange({
    status: 404,
    body: { detail: { error: { type: "not_found_error", message: "no", code: "course_not_found" } } },
  });
  expect(contract.operationsOf(x.request).map((o) => o.name)).toEqual(["anyCourse"]);
  expect(contract.resourcesOf(x.request).map((r) => r.id)).toEqual(["c_1"]);
  const answer = contract.read(x);
  expect(answer?.meetings.map((m) => m.kind === "met" && m.row.name)).toEqual(["course-not-found"]);
  expect(answer?.pointer).toBe("/detail/error");
  expect(contract.schemaFaults(answer!)).toEqual([]);
});
