import { describe, expect, test } from "vitest";
import { accept } from "../../../src/probe/catalogue/accept/index.ts";
import { commonPath } from "../../../src/probe/catalogue/common-path.ts";
import { control, controlsAfter } from "../../../src/probe/catalogue/control/index.ts";
import { header } from "../../../src/probe/catalogue/header/index.ts";
import { resource } from "../../../src/probe/catalogue/resource/index.ts";
import { missing } from "../../../src/probe/catalogue/resource/missing.ts";
import { referencedMissing } from "../../../src/probe/catalogue/resource/referenced-missing.ts";
import { route } from "../../../src/probe/catalogue/route/index.ts";
import { uri } from "../../../src/probe/catalogue/uri/index.ts";
import { githubPlan, kitPlan, tinyContract, tinyPlan } from "./plans.ts";
import { askingFor, asks, linesOf, skips } from "./walk.ts";

describe("control", () => {
  test("each account reads one of each masked resource, before and after", async () => {
    const asking = await askingFor(kitPlan);
    const [before, after] = [asks(asking, ...control), asks(asking, ...controlsAfter)];
    expect(linesOf(before)).toEqual([
      "0 alice GET /v1/courses/crs_geometry → -",
      "0 alice GET /v1/presets/pre_evenings → -",
      "0 bob GET /v1/courses/crs_dynamics → -",
      "0 bob GET /v1/presets/pre_weekends → -",
    ]);
    expect(linesOf(after)).toEqual(linesOf(before));
    expect(before.map(({ target }) => target?.is)).toEqual(["own", "own", "own", "own"]);
  });

  test("without masked resources it is seen whether anything is served, once", async () => {
    const asking = await askingFor(tinyPlan, tinyContract);
    expect(linesOf(asks(asking, ...control, ...controlsAfter))).toEqual(["0 anonymous GET /things → -"]);
  });

  test("one account alone is told", async () => {
    const alone = githubPlan.replace(/^ {2}bob: .*\n/m, "").replace(/^ {4}bob: .*\n/m, "");
    expect(skips(await askingFor(alone), ...control)).toEqual(["no second account in the plan"]);
  });
});

describe("route", () => {
  test("an unknown address is asked as an account and as nobody, with slashes", async () => {
    const lines = linesOf(asks(await askingFor(kitPlan), ...route)).map((line) => line.replace(/envelint-[a-z0-9]{12}/, "…"));
    expect(lines).toEqual([
      "0 alice GET /v1/… → unknown-route",
      "0 alice GET /v1//… → unknown-route",
      "0 anonymous GET /v1/…/ → unknown-route",
    ]);
  });

  test("where no 404 is for unknown addresses, the one that is left is meant", async () => {
    const [first] = asks(await askingFor(githubPlan), ...route);
    expect(first?.aims).toEqual(["not-found"]);
    expect(asks(await askingFor(tinyPlan, tinyContract), ...route).map(({ aims }) => aims)).toEqual([[]]);
  });

  test.each([
    [["/v1/courses", "/v1/courses/{id}", "/v1/health"], "/v1"],
    [["/things", "/things/{id}"], ""],
    [["/a/b/{id}/c", "/a/b/{id}"], "/a/b"],
    [["/{version}/x", "/{version}/y"], ""],
    [[], ""],
  ])("%j have %j in common", (paths, common) => {
    expect(commonPath(paths.map((path) => ({ path })))).toBe(common);
  });
});

describe("accept, header, uri", () => {
  test("the oddity is tried on what nobody has, so that the answer is an error", async () => {
    const asked = asks(await askingFor(kitPlan), ...accept);
    expect(asked.map(({ headers }) => headers)).toEqual([[["Accept", "application/xml"]], [["Accept", "text/html"]]]);
    expect(asked.every(({ path, aims }) => /crs_/.test(path) && aims?.length === 0)).toBe(true);
    // An answer that nobody has it shows nothing of what was odd.
    const row = "errors:\n  - { name: unacceptable, status: 406, retry: never }";
    const refusing = asks(await askingFor(tinyPlan, tinyContract.replace("errors:", row)), ...accept);
    expect(refusing.map(({ aims }) => aims)).toEqual([["unacceptable"], ["unacceptable"]]);
  });

  test("where all there is exists, nothing is promised", async () => {
    const lists = tinyPlan.replace(/^ {2}thing:\n.*\n.*$/m, "  thing: []").replace(/^parameters.*$/m, "");
    expect(linesOf(asks(await askingFor(lists, tinyContract), ...accept))).toEqual([
      "0 anonymous GET /things → -",
      "0 anonymous GET /things → -",
    ]);
  });

  test("unusual sizes are sent where the plan allows it", async () => {
    const asking = await askingFor(kitPlan.replace(/^limits:.*$/m, "limits: { oversized: true }"));
    const [first, second] = asks(asking, ...header, ...uri);
    expect(first?.headers?.[0]?.[1]).toHaveLength(16_384);
    expect(first?.aims).toEqual(["headers-too-large"]);
    expect(second?.path.length).toBeGreaterThan(16_384);
    expect(skips(await askingFor(kitPlan), ...header, ...uri)).toHaveLength(2);
  });
});

describe("resource", () => {
  test("nobody's id of each resource, and one of no API's look", async () => {
    const lines = linesOf(asks(await askingFor(kitPlan), missing));
    expect(lines).toEqual([
      expect.stringMatching(/^0 alice GET \/v1\/courses\/crs_[a-z0-9]{8} → course-not-found$/),
      expect.stringMatching(/^0 alice GET \/v1\/courses\/~envelint~[a-z0-9]{12} → course-not-found, invalid-request$/),
      expect.stringMatching(/^0 alice GET \/v1\/presets\/pre_[a-z0-9]+ → preset-not-found$/),
    ]);
  });

  test("without masking the contract's own row for the operation is meant", async () => {
    expect(linesOf(asks(await askingFor(tinyPlan, tinyContract), missing))).toEqual([
      expect.stringMatching(/^0 anonymous GET \/things\/~envelint~[a-z0-9]{12} → none$/),
    ]);
  });

  test("a valid body names what nobody has, at level 2", async () => {
    const [asked, ...others] = asks(await askingFor(kitPlan), referencedMissing);
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ level: 2, method: "POST", path: "/v1/courses", aims: ["preset-not-found"], mustFail: true });
    const { title, preset_id } = JSON.parse(String(asked?.body?.content));
    expect(title).toBe("A course of envelint's");
    expect(preset_id).toMatch(/^pre_[a-z0-9]+$/);
    expect(preset_id).not.toBe("pre_evenings");
  });

  test("what there is not to ask is said", async () => {
    const bare = tinyPlan.replace(/^ {2}thing:\n.*\n.*$/m, "  thing: []").replace(/^parameters.*$/m, "");
    expect(skips(await askingFor(bare, tinyContract), ...resource)).toEqual([
      "no GET with an id in its path in the plan",
      "the contract masks nothing",
    ]);
  });

  test("where its path names what is there, it is of what may be thrown away, or nothing is asked", async () => {
    const inBody = kitPlan.replace("audience: adults", 'preset: "{preset_id}"').replace(/^ {4}- send: POST \/v1\/courses\n.*\n/m, "");
    expect(asks(await askingFor(inBody), referencedMissing).map(({ path }) => path)).toEqual(["/v1/courses/crs_biology1/launch"]);
    const undone = inBody.replace(/^ {4}done:.*\n/m, "").replace(", throwAway: crs_biology1", "");
    expect(skips(await askingFor(undone), ...resource)).toEqual(["no throw-away course in the plan"]);
  });
});
