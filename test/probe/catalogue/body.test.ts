import { expect, test } from "vitest";
import type { Ask } from "../../../src/probe/ask.ts";
import { body } from "../../../src/probe/catalogue/body/index.ts";
import { oversized } from "../../../src/probe/catalogue/body/oversized.ts";
import { schema } from "../../../src/probe/catalogue/body/schema.ts";
import { wrongMediaType } from "../../../src/probe/catalogue/body/wrong-type.ts";
import { githubPlan, kitPlan, stripePlan, tinyContract, tinyPlan } from "./plans.ts";
import { askingFor, asks, linesOf, replyOf, skips } from "./walk.ts";

test("bad bodies go to the operation that creates, and aim at the rows for bad requests", async () => {
  const asked = asks(await askingFor(kitPlan), ...body).filter(({ level }) => level === 1);
  expect(new Set(asked.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(["POST /v1/courses"]));
  expect(new Set(asked.flatMap(({ aims = [] }) => aims))).toEqual(new Set(["invalid-request", "unsupported-media-type"]));
});

test("where the operation names a masked resource, nobody has it, and the answer may say so", async () => {
  const asked = asks(await askingFor(githubPlan), ...body).filter(({ level }) => level === 1);
  expect(new Set(linesOf(asked).map((line) => line.replace(/(?<=octo\/)[^/]+/, "…")))).toEqual(
    new Set(["1 alice POST /repos/octo/…/issues → bad-json, validation, not-found"]),
  );
  expect(asked.some(({ path }) => path.includes("secret-repo"))).toBe(false);
});

test("whoever needs no account is nobody", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract), ...body);
  expect(new Set(linesOf(asked))).toEqual(new Set(["1 anonymous POST /things → bad", "2 anonymous POST /things → bad"]));
});

test("an operation whose bodies are no JSON is left alone", async () => {
  const asking = await askingFor(stripePlan);
  expect(asks(asking, ...body)).toEqual([]);
  expect(skips(asking, ...body)).toContain("no request with a JSON object as its body in the plan");
});

test("malformed bodies do not parse, the others are not what the operation takes", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract), ...body.filter(({ id }) => !/schema|wrong-type/.test(id)));
  const parsed = asked.map(({ body: sent }) => parse(sent));
  expect(parsed).toEqual(["malformed", "malformed", [], null, "malformed", { name: { envelint: true }, parts: "envelint" }, "malformed"]);
});

test("a body of another media type is wrong in itself as well: a server that does not look at the type makes nothing of it", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract, "all"), wrongMediaType);
  expect(asked.map(({ body: sent }) => sent?.mediaType)).toEqual(["text/plain", undefined, "application/xml"]);
  expect(parse(asked[0]?.body)).toEqual({ name: { envelint: true }, parts: "envelint" });
});

test("one member alone is put wrong at level 2 only", async () => {
  const asked = asks(await askingFor(tinyPlan, tinyContract), schema);
  expect(asked.map(({ level, body: sent }) => [level, parse(sent)])).toEqual([
    [1, { name: { envelint: true }, parts: "envelint" }],
    [2, { name: { envelint: true }, parts: [1] }],
    [2, { name: "A thing", parts: "envelint" }],
  ]);
});

test("ids stand in the body for their placeholders", async () => {
  const sent = asks(await askingFor(kitPlan), schema).map(({ body: each }) => String(each?.content));
  expect(sent.some((text) => text.includes("pre_evenings"))).toBe(true);
  expect(sent.some((text) => text.includes("{preset_id}"))).toBe(false);
});

test("large bodies are sent where the plan allows it, until one is too large", async () => {
  const off = await askingFor(kitPlan);
  expect(asks(off, oversized)).toEqual([]);
  expect(skips(off, oversized)).toEqual(["unusual sizes are off (limits.oversized)"]);
  const asking = await askingFor(kitPlan.replace(/^limits:.*$/m, "limits: { oversized: true }"));
  expect(asks(asking, oversized).map(({ body: sent }) => Math.floor(String(sent?.content).length / 1_024))).toEqual([64, 1_024, 10_240]);
  const run = oversized.ask(asking);
  run.next([]);
  expect(run.next([replyOf(400)]).done).toBe(false);
  expect(run.next([replyOf(413)]).done).toBe(true);
});

function parse(sent: Ask["body"]): unknown {
  const { content = "" } = sent ?? {};
  try {
    return JSON.parse(typeof content === "string" ? content : new TextDecoder().decode(content));
  } catch {
    return "malformed";
  }
}
