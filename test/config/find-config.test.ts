import { chownSync, lchownSync, mkdirSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { configNames, findConfig } from "../../src/config/find-config.ts";
import { faultsOf, makeFolder } from "./kit.ts";

const { folder, write } = makeFolder();
let count = 0;
/** A folder of the test's own, below the repository. */
let own = "";
beforeEach(() => {
  own = `t${count++}`;
  mkdirSync(join(folder, own, "a", "b"), { recursive: true });
});

const at = (...names: string[]) => join(folder, own, ...names);
const put = (...names: string[]) => write(join(own, ...names), "contract: builtin:course-api\n");

describe("found upwards", () => {
  test.each(configNames)("%s, from where it lies and from below", (name) => {
    const path = put(name);
    expect([findConfig(at()), findConfig(at("a")), findConfig(at("a", "b"))]).toEqual([path, path, path]);
  });

  test("the nearest one counts", () => {
    put("envelint.config.yaml");
    const near = put("a", "envelint.config.json");
    expect(findConfig(at("a", "b"))).toBe(near);
  });

  test("as far as the repository's folder, that one included", () => {
    const path = put("envelint.config.yaml");
    mkdirSync(at("a", ".git"));
    expect(findConfig(at())).toBe(path);
    expect(findConfig(at("a", "b"))).toBeUndefined();
    const inside = put("a", "envelint.config.yaml");
    expect(findConfig(at("a", "b"))).toBe(inside);
  });

  test("a worktree's .git is a file", () => {
    put("envelint.config.yaml");
    write(join(own, "a", ".git"), "gitdir: elsewhere\n");
    expect(findConfig(at("a", "b"))).toBeUndefined();
  });

  test("none is no fault, nor is a folder that is not there", () => {
    expect(findConfig(at("a", "b"))).toBeUndefined();
    expect(findConfig(at("nowhere", "at", "all"))).toBeUndefined();
  });

  test("two in one folder are", async () => {
    put("a", "envelint.config.yaml");
    put("a", "envelint.config.json");
    expect(await faultsOf(() => findConfig(at("a", "b")))).toEqual([
      "../envelint.config.json: stands beside ../envelint.config.yaml (keep one of them, or name one with --config)",
    ]);
  });

  test("a link that leads nowhere is not passed over", () => {
    symlinkSync("gone.yaml", at("envelint.config.yaml"));
    expect(findConfig(at("a"))).toBe(at("envelint.config.yaml"));
  });
});

const mayGiveAway = process.geteuid?.() === 0;
const stranger = 65_534;

describe.skipIf(!mayGiveAway)("another user's (files are given away, which only root may; skipped for others)", () => {
  const refused = (file: string) => [
    `${file}: is another user's, and is not used (name it with --config if you trust it, or pass --no-config)`,
  ];

  test("in a folder above", async () => {
    chownSync(put("envelint.config.mjs"), stranger, stranger);
    expect(await faultsOf(() => findConfig(at("a", "b")))).toEqual(refused("../../envelint.config.mjs"));
  });

  test("in the working directory, unless that is the same user's", async () => {
    const path = put("envelint.config.yaml");
    chownSync(path, stranger, stranger);
    expect(await faultsOf(() => findConfig(at()))).toEqual(refused("envelint.config.yaml"));
    chownSync(at(), stranger, stranger);
    expect(findConfig(at())).toBe(path);
    expect(await faultsOf(() => findConfig(at("a")))).toEqual(refused("../envelint.config.yaml"));
  });

  test("a link of theirs to a file of one's own, and a link of one's own to a file of theirs", async () => {
    const path = put("mine.yaml");
    const link = at("envelint.config.yaml");
    symlinkSync(path, link);
    expect(findConfig(at("a"))).toBe(link);
    lchownSync(link, stranger, stranger);
    expect(await faultsOf(() => findConfig(at("a")))).toEqual(refused("../envelint.config.yaml"));
    unlinkSync(link);
    symlinkSync(path, link);
    chownSync(path, stranger, stranger);
    expect(await faultsOf(() => findConfig(at("a")))).toEqual(refused("../envelint.config.yaml"));
  });

  test("whoever uses sudo is nobody else", () => {
    const path = put("envelint.config.yaml");
    chownSync(path, stranger, stranger);
    const before = process.env.SUDO_UID;
    process.env.SUDO_UID = String(stranger);
    try {
      expect(findConfig(at("a"))).toBe(path);
    } finally {
      if (before === undefined) delete process.env.SUDO_UID;
      else process.env.SUDO_UID = before;
    }
  });
});
