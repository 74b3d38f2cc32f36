import { describe, expect, test } from "vitest";
import type { Ask } from "../../../src/probe/ask.ts";
import { accept } from "../../../src/probe/catalogue/accept/index.ts";
import { auth } from "../../../src/probe/catalogue/auth/index.ts";
import { body } from "../../../src/probe/catalogue/body/index.ts";
import { control, controlsAfter } from "../../../src/probe/catalogue/control/index.ts";
import { header } from "../../../src/probe/catalogue/header/index.ts";
import { method } from "../../../src/probe/catalogue/method/index.ts";
import { resource } from "../../../src/probe/catalogue/resource/index.ts";
import { route } from "../../../src/probe/catalogue/route/index.ts";
import { uri } from "../../../src/probe/catalogue/uri/index.ts";
import type { Asking } from "../../../src/probe/probe.ts";
import { githubPlan, kitPlan, stripePlan, tinyContract, tinyPlan } from "./plans.ts";
import { askingFor, asks, walk } from "./walk.ts";

const general = [...control, ...auth, ...route, ...method, ...accept, ...resource, ...body, ...header, ...uri, ...controlsAfter];

const settings: readonly (readonly [string, () => Promise<Asking>])[] = [
  ["the kit", () => askingFor(kitPlan)],
  ["the kit in full", () => askingFor(`${kitPlan.replace(/^limits:.*$/m, "limits: { oversized: true }")}`, undefined, "all")],
  ["a tiny contract", () => askingFor(tinyPlan, tinyContract)],
  ["github", () => askingFor(githubPlan)],
  ["stripe", () => askingFor(stripePlan)],
];

describe.each(settings)("%s", (_, begin) => {
  test("level 0 only reads", async () => {
    const reads = asks(await begin(), ...general).filter(({ level }) => level === 0);
    expect(reads.filter((each) => !["GET", "HEAD", "OPTIONS"].includes(each.method) || each.body !== undefined)).toEqual([]);
  });

  test("below level 2 no write of an account's names what exists, unless its body cannot be read", async () => {
    const asking = await begin();
    const writes = asks(asking, ...general).filter((each) => each.level < 2 && isWrite(each) && isAccount(each) && !isMalformed(each));
    expect(writes.filter(({ path }) => idsOf(asking).some((id) => path.split("/").includes(id)))).toEqual([]);
  });

  test("below level 2 no write carries a valid body", async () => {
    const asking = await begin();
    const valid = asking.plan.requests.flatMap(({ body }) => (body === undefined ? [] : JSON.stringify(body)));
    const sent = asks(asking, ...general).filter((each) => each.level < 2 && isWrite(each));
    expect(sent.filter(({ body }) => typeof body?.content === "string" && valid.includes(body.content))).toEqual([]);
  });

  test("whoever serves a write that must be refused ends the run", async () => {
    const writes = asks(await begin(), ...general).filter((each) => isWrite(each) && each.method !== "ENVELINT");
    expect(writes.filter(({ mustFail }) => mustFail !== true)).toEqual([]);
  });

  test("an account asks for its own ids and for made-up ones; for another's only where masking is asked about", async () => {
    const asking = await begin();
    for (const each of asks(asking, ...general)) {
      if (!isAccount(each) || each.target?.is === "foreign") continue;
      const others = asking.plan.accounts.map(({ name }) => name).filter((name) => name !== each.as.account);
      const foreign = others.flatMap((name) => asking.plan.resources.map(({ own }) => own[name]));
      expect(each.path.split("/").filter((segment) => foreign.includes(segment))).toEqual([]);
    }
  });

  test("each aim is a row of the contract", async () => {
    const asking = await begin();
    const names = asking.contract.rows.map(({ name }) => name);
    expect(walk(asking, general).flatMap(({ aims = [] }) => aims.filter((name) => !names.includes(name)))).toEqual([]);
  });

  test("paths are filled in, and the walk is the same each time", async () => {
    const asked = asks(await begin(), ...general);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter(({ path }) => /[{}]/.test(path) || !path.startsWith("/"))).toEqual([]);
    expect(asks(await begin(), ...general)).toEqual(asked);
  });
});

test("what stands for all leaves room for masking in the usual budget", async () => {
  expect(asks(await askingFor(kitPlan), ...general).filter(({ level }) => level < 2).length).toBeLessThanOrEqual(60);
});

function isWrite({ method }: Ask): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND"].includes(method);
}

/** Can nobody make anything of its body? */
function isMalformed({ body }: Ask): boolean {
  const text = typeof body?.content === "string" ? body.content : new TextDecoder().decode(body?.content);
  try {
    return text !== "" && JSON.parse(text) === undefined;
  } catch {
    return true;
  }
}

function isAccount(ask: Ask): ask is Ask & { readonly as: { readonly account: string } } {
  return typeof ask.as === "object" && "account" in ask.as;
}

/** What is there, by the plan. */
function idsOf({ plan }: Asking): string[] {
  const held = plan.resources.flatMap(({ own, throwAway, fresh }) => [own, throwAway, fresh].flatMap((some) => Object.values(some).flat()));
  return [...held, ...Object.values(plan.parameters).filter((value) => value !== "octo")];
}

test("where ids are counted up, no write of level 1 names one that could be anybody's", async () => {
  const counted = kitPlan
    .replace(/^ {4}missing:.*\n/gm, "")
    .replace("own: crs_geometry", 'own: "42"')
    .replace("own: pre_evenings", 'own: "7"');
  const writes = asks(await askingFor(counted, undefined, "all"), ...general).filter((each) => each.level === 1 && isWrite(each));
  const named = writes.flatMap(({ path }) => path.split(/[/?]/).filter((segment) => /^[0-9]+$/.test(segment)));
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((id) => Number(id) < 2 ** 52)).toEqual([]);
});
