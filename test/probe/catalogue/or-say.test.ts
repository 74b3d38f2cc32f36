import { expect, test } from "vitest";
import type { Ask, Asks } from "../../../src/probe/ask.ts";
import { orSay } from "../../../src/probe/catalogue/or-say.ts";
import { replyOf } from "./walk.ts";

const ask: Ask = { purpose: "p", level: 0, method: "GET", path: "/", as: "anonymous" };

test("what there is to ask is asked, and each reply comes to whoever asked", () => {
  const seen: number[] = [];
  function* both(): Asks {
    for (let turn = 0; turn < 2; turn++) for (const { status } of yield ask) seen.push(status);
  }
  const asks = orSay(both(), { skip: "nothing" });
  expect(asks.next([])).toEqual({ done: false, value: ask });
  expect(asks.next([replyOf(404)])).toEqual({ done: false, value: ask });
  expect(asks.next([replyOf(400)]).done).toBe(true);
  expect(seen).toEqual([404, 400]);
});

test("where there is nothing, it is said why", () => {
  function* none(): Asks {}
  const asks = orSay(none(), { skip: "nothing" });
  expect(asks.next([])).toEqual({ done: false, value: { skip: "nothing" } });
  expect(asks.next([]).done).toBe(true);
});
