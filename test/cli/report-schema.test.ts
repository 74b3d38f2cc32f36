import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const cwd = fileURLToPath(new URL("./fixtures/", import.meta.url));
const schema = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

describe("a JSON report fits its schema, is the same every time, and names no path of this machine", () => {
  test.each(["good.har", "bad.har", "elsewhere.har", "quiet.har", "truncated.har", "not-a-capture.har", "hostile.har", "nowhere.har"])(
    "%s",
    async (capture) => {
      const argv = [capture, "--contract", "shop.yaml", "--format", "json", "--quiet"];
      const { stdout } = await runCommand(argv, { cwd });
      validate(JSON.parse(stdout));
      expect(validate.errors).toBeNull();
      expect(stdout).toBe((await runCommand(argv, { cwd })).stdout);
      expect(stdout).not.toContain(cwd.replace(/\/$/, ""));
      expect(stdout).not.toContain("topsecrettoken");
    },
  );
});
