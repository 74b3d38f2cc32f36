import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Ask, Asks, Reply, Step } from "../../src/probe/ask.ts";
import { type Conducting, conduct, type RunEvent } from "../../src/probe/conduct.ts";
import type { Asking, Probe } from "../../src/probe/probe.ts";
import { openWire } from "../../src/probe/wire/open-wire.ts";
import { virtualClock } from "../kit/server/clock.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, index: number) => void;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that answers as it is told, and what was asked of it. */
async function serve(answer: Answer) {
  const asked: { method: string; url: string; headers: IncomingMessage["headers"]; at: number }[] = [];
  const clock = virtualClock();
  const server = createServer((request, response) => {
    asked.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, at: clock.now() });
    request.resume();
    request.on("end", () => answer(request, response, asked.length - 1));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(
    () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, clock };
}

function probe(id: string, ...steps: Step[]): Probe {
  return scripted(id, function* () {
    for (const step of steps) yield step;
  });
}

function scripted(id: string, ask: (asking: Asking) => Asks): Probe {
  return { id, summary: "", needs: "", ask };
}

const get = (path: string, more: Partial<Ask> = {}): Ask => ({ purpose: path, level: 0, method: "GET", path, as: "anonymous", ...more });

type Setting = Partial<Omit<Conducting, "limits">> & { readonly limits?: Partial<Conducting["limits"]> };

async function run(server: Awaited<ReturnType<typeof serve>>, probes: readonly Probe[], setting: Setting = {}) {
  const wire = openWire({ origin: server.url, timeout: 2_000, body: 10_000, now: server.clock.now });
  closing.push(() => wire.close());
  const contract = await loadContract();
  let entries = 0;
  const { limits, ...more } = setting;
  return conduct({
    asking: { contract } as Asking,
    probes,
    last: [],
    allowance: { readsOnly: false, writes: false, burst: false },
    limits: { requests: 50, pace: 60, timeout: 2_000, patience: 120_000, body: 10_000, burst: 0, oversized: false, ...limits },
    wardrobe: {
      target: `${server.url}/base`,
      declared: contract.authentication.credentials,
      credentials: new Map([["alice", ["Bearer a-secret"]]]),
      headers: [["X-Version", "2"]],
      userAgent: "envelint/test",
      announce: false,
    },
    wire,
    record: async () => entries++,
    mask: (text) => text.replaceAll("a-secret", "<account:alice>"),
    clock: { now: server.clock.now, sleep: async (milliseconds) => server.clock.advance(milliseconds) },
    ...more,
  });
}

const ok: Answer = (_, response) => response.end("{}");
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(code, headers);
    response.end("{}");
  };

test("requests go to the target with the plan's header lines and the asker's credential, one after the other at the pace", async () => {
  const server = await serve(ok);
  const asks = [get("/a"), get("/b", { as: { account: "alice" } }), get("/c", { as: { madeUp: "Bearer nothing" } })];
  await run(server, [probe("x/y", ...asks)], { limits: { pace: 30 } });
  expect(server.asked.map(({ url }) => url)).toEqual(["/base/a", "/base/b", "/base/c"]);
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, "Bearer a-secret", "Bearer nothing"]);
  expect(server.asked[0]?.headers).toMatchObject({ "x-version": "2", "user-agent": "envelint/test", accept: "application/json" });
  const starts = server.asked.map(({ at }) => at);
  expect([(starts[1] ?? 0) - (starts[0] ?? 0), (starts[2] ?? 0) - (starts[1] ?? 0)]).toEqual([2_000, 2_000]);
});

test("what is above the allowed levels is not sent, and said why", async () => {
  const server = await serve(ok);
  const levels = [0, 1, 2, 3] as const;
  const all = probe("x/y", ...levels.map((level) => get(`/${level}`, { level, aims: [`row-${level}`] })));
  const byDefault = await run(server, [all]);
  expect(server.asked.map(({ url }) => url)).toEqual(["/base/0", "/base/1"]);
  expect(byDefault.unasked.map(({ reason, aims }) => [aims[0], reason])).toEqual([
    ["row-2", "it may change something (--allow-writes)"],
    ["row-3", "it uses up the account's limit (--allow-burst)"],
  ]);
  server.asked.length = 0;
  await run(server, [all], { allowance: { readsOnly: true, writes: false, burst: false } });
  expect(server.asked.map(({ url }) => url)).toEqual(["/base/0"]);
  server.asked.length = 0;
  await run(server, [all], { allowance: { readsOnly: false, writes: true, burst: true } });
  expect(server.asked).toHaveLength(4);
});

test("the budget holds, and keeps room for what comes last", async () => {
  const server = await serve(ok);
  const many = probe("x/many", ...Array.from({ length: 9 }, (_, index) => get(`/${index}`)));
  const { unasked } = await run(server, [many], { last: [probe("x/last", get("/last"))], limits: { requests: 4 } });
  expect(server.asked.map(({ url }) => url)).toEqual(["/base/0", "/base/1", "/base/2", "/base/last"]);
  expect(unasked[0]?.reason).toBe("the budget of 4 requests is used up (--max-requests)");
  expect(unasked).toHaveLength(6);
});

test("a list is sent at the same moment, or not at all", async () => {
  let waiting: (() => void)[] = [];
  const server = await serve((_, response) => {
    waiting.push(() => response.end("{}"));
    if (waiting.length < 3) return;
    for (const answer of waiting) answer();
    waiting = [];
  });
  const together = [get("/1"), get("/2"), get("/3")];
  const { asked } = await run(server, [probe("x/y", together)]);
  expect(asked.map((each) => each.status)).toEqual([200, 200, 200]);
  const cut = await run(server, [probe("x/y", together)], { limits: { requests: 2 } });
  expect(cut.asked).toEqual([]);
  expect(cut.unasked).toHaveLength(3);
});

test("a probe sees the replies to its last step, none where it was not sent", async () => {
  const server = await serve(status(404, { "x-mark": "here" }));
  const seen: (readonly Reply[])[] = [];
  const curious = scripted("x/y", function* () {
    seen.push(yield get("/a"));
    seen.push(yield get("/b", { level: 2 }));
    seen.push(yield { skip: "there is no body" });
  });
  await run(server, [curious]);
  expect(seen[0]?.map((reply) => [reply.status, reply.header("X-Mark"), reply.json()])).toEqual([[404, "here", {}]]);
  expect(seen.slice(1)).toEqual([[], []]);
});

test("a 429 is waited out as long as it says, three times at the most", async () => {
  const server = await serve((request, response, index) =>
    (index < 2 ? status(429, { "retry-after": "7" }) : ok)(request, response, index),
  );
  const replies: number[] = [];
  const patient = scripted("x/y", function* () {
    for (const reply of yield get("/a")) replies.push(reply.status);
  });
  await run(server, [patient]);
  expect(replies).toEqual([200]);
  const starts = server.asked.map(({ at }) => at);
  expect(starts.slice(1).map((at, index) => at - (starts[index] ?? 0))).toEqual([7_050, 7_050]);

  const stubborn = await serve(status(429, { "retry-after": "7" }));
  await run(stubborn, [probe("x/y", get("/a"))]);
  expect(stubborn.asked).toHaveLength(4);
});

test("a wait beyond the plan's patience ends the run", async () => {
  const server = await serve(status(429, { "retry-after": "3600" }));
  const { stopped, asked } = await run(server, [probe("x/y", get("/a"), get("/b"))]);
  expect(stopped).toBe("The server asked to wait 3600 s, longer than the plan's limits.patience (120 s).");
  expect(asked).toHaveLength(1);
});

test("what is told of a run holds no credential, whatever a server puts into ids, places and garbage", async () => {
  const server = await serve((_, response, index) => {
    if (index === 0) response.end('{"id":"a-secret"}');
    else if (index === 1) response.socket?.end("a-secret is no HTTP\r\n\r\n");
    else response.writeHead(201, { location: "/a-secret" }).end();
  });
  const seen: RunEvent[] = [];
  const curious = scripted("x/y", function* () {
    const [made] = yield get("/made");
    const { id } = (made as Reply).json() as { id: string };
    const path = `/${id}`;
    yield get(path, { purpose: "read" });
    yield get(path, { purpose: "write", method: "POST", level: 1, mustFail: true });
    yield get(path, { purpose: "read" });
  });
  const { asked, unasked, stopped } = await run(server, [curious], { onEvent: (event) => seen.push(event) });
  expect(server.asked[1]?.url).toBe("/base/a-secret");
  expect(stopped).toContain("<account:alice>");
  const told = asked.map(({ sending, ...rest }) => rest);
  expect(JSON.stringify([told, unasked, stopped, seen.map((event) => (event.kind === "asked" ? event.asked.ask : event))])).not.toContain(
    "a-secret",
  );
});

test("a probe that wants the limit gets it as an answer", async () => {
  const server = await serve(status(429, { "retry-after": "7" }));
  const { asked } = await run(server, [probe("x/y", get("/a", { takesLimit: true }))]);
  expect(asked.map((each) => each.status)).toEqual([429]);
});

test("a write that should have been refused and was served ends the run, and it is said what may have been made", async () => {
  const server = await serve(status(201, { location: "/things/7" }));
  const write = get("/things", { method: "POST", level: 1, mustFail: true, purpose: "no credential" });
  const { stopped, asked, unasked } = await run(server, [probe("x/y", write, get("/b"))]);
  expect(stopped).toBe(
    "POST /things (no credential) should have been refused and was served with 201. It may have made or changed /things/7: look, and take it back.",
  );
  expect([asked.length, unasked[0]?.reason]).toEqual([1, "the run was stopped before"]);
});

test("three server errors in a row end the run; two do not", async () => {
  const server = await serve((request, response, index) => (index === 2 ? ok : status(500))(request, response, index));
  const { stopped, asked } = await run(server, [probe("x/y", ...Array.from({ length: 9 }, () => get("/a")))]);
  expect(stopped).toBe("3 answers in a row were server errors (500).");
  expect(asked).toHaveLength(6);
});

test("three requests without an answer end the run", async () => {
  const server = await serve((request) => request.socket.destroy());
  const { stopped, asked } = await run(server, [probe("x/y", ...Array.from({ length: 9 }, () => get("/a")))]);
  expect(stopped).toMatch(/^3 requests in a row got no whole answer: .+\.$/);
  expect(asked.map((each) => each.status)).toEqual([0, 0, 0]);
});

test("interrupted, the request under way is finished and no other is sent", async () => {
  const interrupt = new AbortController();
  const server = await serve((_, response, index) => {
    if (index === 1) interrupt.abort();
    response.end("{}");
  });
  const { stopped, asked } = await run(server, [probe("x/y", get("/a"), get("/b"), get("/c"))], { signal: interrupt.signal });
  expect([stopped, asked.map((each) => each.status)]).toEqual(["The run was interrupted.", [200, 200]]);
});

test("interrupted while it waits for its turn, nothing more is sent", async () => {
  const interrupt = new AbortController();
  const server = await serve(ok);
  const sleep = async () => interrupt.abort();
  const clock = { now: server.clock.now, sleep };
  const { asked, unasked } = await run(server, [probe("x/y", get("/a"), get("/b"))], { signal: interrupt.signal, clock });
  expect([asked.length, unasked.map(({ reason }) => reason)]).toEqual([1, ["the run was stopped before"]]);
});

test("a redirect is an answer, and is not followed", async () => {
  const elsewhere = await serve(ok);
  const server = await serve(status(302, { location: `${elsewhere.url}/there` }));
  const { asked } = await run(server, [probe("x/y", get("/a"))]);
  expect([asked[0]?.status, elsewhere.asked]).toEqual([302, []]);
});

test("a run tells what it does", async () => {
  const server = await serve(ok);
  const events: RunEvent[] = [];
  await run(server, [probe("x/y", get("/a"), get("/b"))], { onEvent: (event) => events.push(event) });
  expect(events.map((event) => (event.kind === "asked" ? `asked ${event.sent} of ${event.budget}` : event.kind))).toEqual([
    "probe",
    "asked 1 of 50",
    "waiting",
    "asked 2 of 50",
  ]);
});

test("a read that met a connection just closed is sent once more, and both stand in the recording", async () => {
  const server = await serve((request, response, index) => {
    if (index === 1) request.socket.destroy();
    else response.end("{}");
  });
  const { asked, stopped } = await run(server, [probe("x/y", get("/a"), get("/b"), get("/c"))]);
  expect(asked.map(({ ask: { path }, status: code, failure }) => [path, code, failure])).toEqual([
    ["/a", 200, undefined],
    ["/b", 0, undefined],
    ["/b", 200, undefined],
    ["/c", 200, undefined],
  ]);
  expect(stopped).toBeUndefined();
  const write = await serve((request, response, index) => (index === 1 ? request.socket.destroy() : response.end("{}")));
  const post = get("/b", { method: "POST", level: 1 });
  expect((await run(write, [probe("x/y", get("/a"), post)])).asked.map((each) => each.failure === undefined)).toEqual([true, false]);
});

test("after a write that was served it is still looked whether anything changed; after a silence it is not", async () => {
  const server = await serve((request, response, index) => (request.method === "POST" ? status(201) : ok)(request, response, index));
  const write = get("/things", { method: "POST", level: 1, mustFail: true });
  const last = [probe("control/unchanged", get("/own"))];
  const { asked } = await run(server, [probe("x/y", write, get("/b"))], { last });
  expect(asked.map(({ ask }) => ask.path)).toEqual(["/things", "/own"]);
  const dead = await serve((request) => request.socket.destroy());
  const silent = await run(dead, [probe("x/y", get("/a"), get("/b"), get("/c"))], { last });
  expect(silent.asked).toHaveLength(3);
});

test("what was allowed to act says what it made", async () => {
  const server = await serve(status(201, { location: "/things/7" }));
  const write = get("/things", { method: "POST", level: 2 });
  const { asked } = await run(server, [probe("x/y", write, get("/b"))], { allowance: { readsOnly: false, writes: true, burst: false } });
  expect(asked.map(({ made }) => made)).toEqual(["/things/7", undefined]);
});
