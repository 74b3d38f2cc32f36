import { isAbsolute, resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { moveCapture, moveContract, moveFile, moveFormat, moveRuleFile } from "../../src/config/relocate.ts";
import { isRuleFile } from "../../src/rule-files/load-rules.ts";
import { findTargets } from "../../src/sources/targets.ts";
import { makeFolder } from "./kit.ts";

const { folder, write } = makeFolder();

test("names are seen from the working directory", () => {
  const below = { folder: "/repo", cwd: "/repo/app" };
  expect(moveFile("known.txt", below)).toBe("../known.txt");
  expect(moveFile("app/known.txt", below)).toBe("known.txt");
  expect(moveFile("/etc/known.txt", below)).toBe("../../etc/known.txt");
  expect(moveContract("builtin:stripe", below)).toBe("builtin:stripe");
  expect(moveContract("./errors.yaml", below)).toBe("../errors.yaml");
  expect(moveFormat("pretty", below)).toBe("pretty");
  expect(moveFormat("json=-", below)).toBe("json=-");
  expect(moveFormat("json=out/a=b.json", below)).toBe("json=../out/a=b.json");
  expect(moveFormat("./own.mjs=own.txt", below)).toBe("../own.mjs=../own.txt");
  expect(moveCapture("captures/*.har", below)).toBe("../captures/*.har");
  expect(moveCapture("captures/*.har", { folder: "/repo", cwd: "/repo" })).toBe("captures/*.har");
  expect(moveCapture("/data/*.har", below)).toBe("/data/*.har");
});

test("a rule file is still told from a rule's id", () => {
  expect(moveRuleFile("checks/trace", { folder: "/repo", cwd: "/repo" })).toBe("./checks/trace");
  expect(moveRuleFile("checks/trace.mjs", { folder: "/repo", cwd: "/repo" })).toBe("checks/trace.mjs");
});

const segment = fc.stringMatching(/^[a-z(][a-z0-9 ._[\]()!*-]{0,6}$/).filter((name) => !/^\.+$/.test(name));
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));

test("whatever its name, and wherever it is seen from, a file stays the same", () =>
  fc.assert(
    fc.property(path, path, path, (file, from, to) => {
      const move = { folder: resolve("/", from), cwd: resolve("/", to) };
      const meant = resolve(move.folder, file);
      expect(resolve(move.cwd, moveFile(file, move))).toBe(meant);
      expect(resolve(move.cwd, moveRuleFile(file, move))).toBe(meant);
      expect(isRuleFile(moveRuleFile(file, move))).toBe(true);
      expect(isAbsolute(moveFile(file, move))).toBe(false);
    }),
  ));

test("a glob finds the same captures, also where the folders before it look like one", async () => {
  for (const name of ["[app]", "a(b)", "plain"]) {
    const paths = [write(`${name}/captures/one.har`), write(`${name}/captures/two[2].har`)];
    write(`${name}/captures/note.txt`);
    const home = resolve(folder, name);
    for (const cwd of [home, folder, resolve(folder, "elsewhere"), resolve(home, "captures")]) {
      const found = async (word: string) => {
        const { targets, faults } = await findTargets([moveCapture(word, { folder: home, cwd })], cwd);
        expect(faults).toEqual([]);
        return targets.map((target) => target.path);
      };
      expect(await found("captures/*.har"), `${name} from ${cwd}`).toEqual(paths);
      expect(await found("captures/two[2].har")).toEqual(paths.slice(1));
      expect(await found("captures")).toEqual(paths);
    }
  }
});
