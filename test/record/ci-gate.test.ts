import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../probe/wire/kit.ts";

const bin = fileURLToPath(new URL("../../bin/envelint.js", import.meta.url));
const example = fileURLToPath(new URL("../../examples/ci-gate/", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "envelint-gate-"));
  await cp(example, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the example's tests behind the gate, against the server with a change. */
async function gate(change: string) {
  const { createOrdersServer } = (await import(`${example}server.mjs`)) as { createOrdersServer(options: { change: string }): Server };
  const { origin } = await listen(createOrdersServer({ change }));
  const words = ["record", "--target", origin, "--env", "ORDERS_URL", "--contract", "errors.yaml", "--record", `${change}.har`];
  const child = spawn(
    process.execPath,
    [bin, ...words, "--format", `json=${change}.json`, "--", process.execPath, "--test", "orders.test.mjs"],
    { cwd: folder, env: { PATH: process.env.PATH ?? "" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
  const code = await new Promise((resolve) => child.once("close", resolve));
  const report = JSON.parse(await readFile(join(folder, `${change}.json`), "utf8"));
  return { code, text, report, recording: await readFile(join(folder, `${change}.har`), "utf8") };
}

interface Told {
  readonly rule: string;
  readonly severity: string;
  readonly row: string;
  readonly operation: string;
  readonly promise: { readonly file: string; readonly line: number };
}

describe("the gate of examples/ci-gate", () => {
  it.each(["", "harmless"])("passes the change %j", async (change) => {
    const { code, text, report, recording } = await gate(change);
    expect(code, text).toBe(0);
    expect(text).toContain("# fail 0");
    expect([report.verdict, report.findings]).toEqual(["kept", []]);
    expect(report.seen.judged).toBe(JSON.parse(recording).log.entries.length);
    expect(report.coverage.rows.filter(({ verdict }: { verdict: string }) => verdict === "kept").length).toBe(7);
  });

  it("fails the change that turns a masked 404 into a 403, and points at the contract's line; the tests stay green", async () => {
    const { code, text, report, recording } = await gate("forbidden");
    expect(text).toContain("# fail 0");
    expect(code, text).toBe(1);
    const contract = (await readFile(join(example, "errors.yaml"), "utf8")).split("\n");
    const line = contract.findIndex((each) => each.includes("name: order-not-found")) + 1;
    expect(
      report.findings.map(({ rule, severity, row, operation, promise }: Told) => ({ rule, severity, row, operation, promise })),
    ).toEqual(
      ["cancelOrder", "anyOrder"].map((operation) => ({
        rule: "masking/existence-revealed",
        severity: "error",
        row: "order-not-found",
        operation,
        promise: expect.objectContaining({ file: "errors.yaml", line }),
      })),
    );
    expect((await readFile(join(example, "README.md"), "utf8")).includes(`errors.yaml:${line};`)).toBe(true);
    for (const key of ["key_alice_5b1f0c9e7d", "key_bob_a83d6e2f41", "key_carol_0f94c7b2d8"]) expect(recording + text).not.toContain(key);
  });
});
