import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { formats } from "../../src/reporters/formats.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { runCommand } from "../cli/run-command.ts";
import { type LiveEntry, type LiveOptions, probeLive } from "../kit/live/probe-live.ts";
import { startServer } from "../kit/server/server.ts";
import { secrets } from "../kit/server/store.ts";

const everything: LiveOptions = { allowWrites: true, allowBurst: true, maxRequests: 1100 };

describe("the server's own log shows", () => {
  it.each([1, 25, 150])("no more than %i requests", async (maxRequests) => {
    for (const options of [{}, everything]) {
      const { log, entries, report } = await probeLive({ ...options, maxRequests });
      expect(log.length).toBeLessThanOrEqual(maxRequests);
      expect(entries).toHaveLength(log.length);
      expect(report.probe?.sent).toBe(log.length);
    }
  });

  it("reads alone, where only they are allowed", async () => {
    const { log, entries } = await probeLive({ readsOnly: true, maxRequests: 1100 });
    expect([...new Set(log.map(({ method }) => method))].sort()).toEqual(["GET", "HEAD", "OPTIONS"]);
    expect(levels(entries)).toEqual([0]);
  });

  it.each([
    { allowed: {}, most: 1 },
    { allowed: { allowWrites: true }, most: 2 },
    { allowed: { allowBurst: true }, most: 3, never: 2 },
    { allowed: everything, most: 3 },
  ])("nothing above the level of $allowed", async ({ allowed, most, never }) => {
    const { entries, log } = await probeLive({ ...allowed, maxRequests: 1100 });
    expect(Math.max(...levels(entries))).toBe(most);
    expect(levels(entries)).not.toContain(never);
    expect(entries.map(addressOf)).toEqual(log.map(({ method, path }) => `${method} ${path}`));
  });

  it("nothing changed by a default run", async () => {
    let before = "";
    let state = () => "";
    await probeLive({
      maxRequests: 1100,
      prepare({ store }) {
        state = () => JSON.stringify([[...store.courses], [...store.presets], [...store.keys], [...store.generations]]);
        before = state();
      },
    });
    expect(state()).toBe(before);
  });

  it.each([
    { pace: 30, options: {} },
    { pace: 600, options: { allowWrites: true } },
  ])("no more than $pace requests a minute", async ({ pace, options }) => {
    const { log } = await probeLive({ ...options, maxRequests: 200, plan: (text) => text.replace("pace: 6000", `pace: ${pace}`) });
    expect(log.length).toBeGreaterThan(50);
    for (const [index, { clock }] of log.entries()) {
      const minute = log.slice(index).filter((other) => other.clock < clock + 60_000);
      expect(minute.length).toBeLessThanOrEqual(pace);
    }
  });

  it("that a wait which was asked for is kept", async () => {
    const { entries } = await probeLive({ limit: { requests: 10, window: 60_000 } });
    const limited = entries.flatMap((entry, index) => (entry.response.status === 429 ? [index] : []));
    expect(limited.length).toBeGreaterThan(2);
    for (const index of limited) {
      const [told, next] = [entries[index], entries[index + 1]];
      if (told === undefined || next === undefined) continue;
      const seconds = Number(told.response.headers.find(({ name }) => name === "Retry-After")?.value);
      expect(seconds).toBeGreaterThan(0);
      expect(Date.parse(next.startedDateTime) - Date.parse(told.startedDateTime)).toBeGreaterThanOrEqual(seconds * 1000);
    }
  });
});

describe("a run ends", () => {
  it("with the third 500 in a row", async () => {
    const { log, report } = await probeLive({ prepare: (server) => server.fail(100) });
    expect(log).toHaveLength(3);
    expect(report.probe?.stopped).toContain("server errors");
  });

  it("with a write that is served and should have been refused", async () => {
    const { entries, report } = await probeLive({ faults: ["anonymous-served"] });
    // After it only the controls look what it did.
    const last = entries.findLast(({ _probe }) => !_probe.probe.startsWith("control/"));
    expect(last?.response.status).toBe(200);
    expect(last?._probe.level).toBe(1);
    expect(report.probe?.stopped).toContain("should have been refused");
    expect(report.verdict).toBe("broken");
  });

  it("where somebody stops it, and the report is made", async () => {
    const stop = new AbortController();
    const { log, report } = await probeLive({
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === "asked" && event.sent === 7) stop.abort();
      },
    });
    expect(log).toHaveLength(7);
    expect(report.probe).toMatchObject({ sent: 7, stopped: expect.stringContaining("interrupted") });
  });
});

describe("credentials", () => {
  it("are in no output, whatever the server repeats", async () => {
    for (const faults of [[], ["credential-echoed"]]) {
      const { report, recording } = await probeLive({ ...everything, faults });
      const outputs = [recording, ...[...formats.keys()].map((format) => formatReport(report, format))];
      for (const output of outputs) for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
      expect(recording).toContain("<account:alice>");
    }
  });

  it("nor on a terminal, nor in what a command writes", async () => {
    const server = await startServer({ table: "extended", limit: { requests: 240, window: 2000 } });
    const folder = await mkdtemp(join(tmpdir(), "envelint-safety-"));
    try {
      server.use("credential-echoed");
      const record = join(folder, "kept/run.har");
      const report = join(folder, "report.json");
      const words = [
        "probe",
        "examples/probe/plan.yaml",
        "--target",
        server.url,
        "--record",
        record,
        "--format",
        "pretty",
        "--format",
        `json=${report}`,
      ];
      const env = { ALICE_CREDENTIAL: `Bearer ${secrets.alice}`, BOB_CREDENTIAL: `Bearer ${secrets.bob}` };
      const { stdout, stderr, exitCode } = await runCommand(words, { cwd: process.cwd(), env, terminal: 100 });
      expect(exitCode).toBe(1);
      const outputs = [stdout, stderr, await readFile(record, "utf8"), await readFile(report, "utf8")];
      for (const output of outputs) {
        expect(output).not.toBe("");
        for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
      }
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });

  it("go to the target alone", async () => {
    const elsewhere = await listen((_, response) => response.end("{}"));
    let count = 0;
    const target = await listen((_, response) => {
      // The accounts are served, lest the run end with its first control.
      if (++count > 4) response.writeHead(302, { Location: `${elsewhere.url}/v1/courses` });
      response.end();
    });
    const { report } = await probeLive({ target: target.url });
    expect(report.probe?.sent).toBeGreaterThan(4);
    expect(target.asked()).toBe(report.probe?.sent);
    expect(elsewhere.asked()).toBe(0);
  });
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(answer: RequestListener) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    answer(request, response);
  });
  // What Node cannot read counts too.
  server.on("clientError", (_, socket) => {
    requests++;
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => requests };
}

const levels = (entries: readonly LiveEntry[]) => [...new Set(entries.map(({ _probe }) => _probe.level))].sort();

/** As the server sees it. */
function addressOf({ request }: LiveEntry): string {
  const { pathname, search } = new URL(request.url);
  return `${request.method} ${pathname}${search}`;
}
