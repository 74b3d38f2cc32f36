import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "../src/audit.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "envelint-"));
});
afterAll(() => rm(folder, { recursive: true }));

const fingerprintsOf = async (capture: string) => new Set((await audit(capture)).findings.map(({ fingerprint }) => fingerprint));

describe.each(["bad", "client"])("the fingerprints of examples/course-api/%s.har", (name) => {
  const captured = new URL(`../examples/course-api/${name}.har`, import.meta.url).pathname;
  const written = async (text: string) => {
    const file = join(folder, `elsewhere-${name}.har`);
    await writeFile(file, text);
    return file;
  };

  it("survive another host, other ids and another capture", async () => {
    const text = await readFile(captured, "utf8");
    const ids = new Set(text.match(/\b(?:crs|pre|req|lch)_[a-z0-9]+/g));
    expect(ids.size).toBeGreaterThan(10);
    const moved = [...ids].reduce(
      (so, id) => so.replaceAll(id, `${id.slice(0, 4)}q${[...id.slice(4)].reverse().join("")}`),
      text.replaceAll("api.courses.example", "errors.staging.example"),
    );
    expect(moved).not.toContain("api.courses.example");
    expect(await fingerprintsOf(await written(moved))).toEqual(await fingerprintsOf(captured));
  });

  it("survive another order of the entries", async () => {
    const har = JSON.parse(await readFile(captured, "utf8"));
    har.log.entries.reverse();
    expect(await fingerprintsOf(await written(JSON.stringify(har)))).toEqual(await fingerprintsOf(captured));
  });
});
