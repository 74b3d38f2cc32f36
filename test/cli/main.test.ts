import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { main } from "../../src/cli/main.ts";
import { describeProgress, drawProgress } from "../../src/cli/progress.ts";
import { runCommand } from "./run-command.ts";

const cwd = fileURLToPath(new URL("./fixtures/", import.meta.url));

afterEach(() => {
  vi.doUnmock("../../src/cli/audit.ts");
  vi.resetModules();
});

async function crashing(env: Record<string, string>) {
  vi.doMock("../../src/cli/audit.ts", () => ({
    run: () => {
      throw new TypeError("x is not a \u001b[31mfunction");
    },
  }));
  return runCommand(["good.har"], { cwd, env });
}

test("an unexpected error is one line and exit 2", async () => {
  const { exitCode, stderr } = await crashing({});
  expect(stderr).toMatch(
    /^envelint itself failed: x is not a \\u001b\[31mfunction\. Please report it, with version \S+ and the command; ENVELINT_DEBUG=1 shows more\.\n$/,
  );
  expect(exitCode).toBe(2);
});

test("its stack is shown with ENVELINT_DEBUG only", async () => {
  expect((await crashing({ ENVELINT_DEBUG: "1" })).stderr).toMatch(/\n {4}at /);
});

test("an output that cannot be written is told, and exits 2", async () => {
  let stderr = "";
  const full = Object.assign(new Error("write ENOSPC"), { code: "ENOSPC" });
  const exitCode = await main(["good.har", "--contract", "shop.yaml"], {
    stdout: { write: (_text, done) => done?.(full) },
    stderr: {
      write: (text, done) => {
        stderr += text;
        done?.();
      },
    },
    stdin: process.stdin,
    cwd,
    env: {},
  });
  expect(stderr).toBe("envelint: The report cannot be written to standard output: no space is left on the device.\n");
  expect(exitCode).toBe(2);
});

test("a reader that goes away is no failure", async () => {
  const gone = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  const output = { write: (_text: string, done?: (error?: Error) => void) => done?.(gone) };
  expect(await main(["good.har", "--contract", "shop.yaml"], { stdout: output, stderr: output, stdin: process.stdin, cwd, env: {} })).toBe(
    0,
  );
});

test("progress is drawn on a terminal, after a second, on one line that is wiped away", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  let drawn = "";
  const stderr = {
    write(text: string) {
      drawn += text;
    },
    isTTY: true,
    columns: 60,
  };
  const { draw, done } = drawProgress({ stdout: stderr, stderr, stdin: process.stdin, cwd, env: {} });
  const progress = { bytes: 120_000_000, totalBytes: 500_000_000, entries: 41_000, errors: 310 };
  now.mockReturnValue(999);
  draw(progress);
  expect(drawn).toBe("");
  now.mockReturnValue(2_000);
  draw(progress);
  now.mockReturnValue(2_050);
  draw(progress);
  done();
  expect(drawn).toBe("\r\u001b[K120 MB of 500 MB, 41,000 entries, 310 errors, 60 MB/s\r\u001b[K");
  now.mockRestore();
});

test("progress is never drawn where there is no terminal", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  const write = vi.fn();
  const { draw, done } = drawProgress({ stdout: { write }, stderr: { write }, stdin: process.stdin, cwd, env: {} });
  now.mockReturnValue(9_000);
  draw({ bytes: 1, totalBytes: undefined, entries: 1, errors: 0 });
  done();
  expect(write).not.toHaveBeenCalled();
  now.mockRestore();
});

test("progress tells what it knows", () => {
  expect(describeProgress({ bytes: 1_500, totalBytes: undefined, entries: 2, errors: 0 }, 0)).toBe("1.5 kB, 2 entries, 0 errors, 0 B/s");
});
