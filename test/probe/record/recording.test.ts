import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveExchange } from "../../../src/probe/live-exchange.ts";
import { openRecording } from "../../../src/probe/record/open-recording.ts";
import { readBack, record, recordedOf } from "./kit.ts";

const secret = "sk_test_9Qm3vT0xk9LrWz2u";
const alice = { accounts: { alice: [`Bearer ${secret}`] } };
const asAlice = {
  ask: { as: { account: "alice" } },
  sending: { headers: [["Authorization", `Bearer ${secret}`]] as const },
};

describe("a recording", () => {
  it("is what JSON.stringify would write of it, an entry on lines of its own", async () => {
    const text = await record([recordedOf(), recordedOf({ received: { status: 404, body: "no" } })]);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(text.split("\n").filter((line) => line === "      {").length).toBe(2);
    expect(await record([])).toBe(
      `${JSON.stringify({ log: { version: "1.2", creator: { name: "envelint", version: "1.2.3" }, entries: [] } }, null, 2)}\n`,
    );
  });

  it("has every member that HAR 1.2 asks for, whatever came back", async () => {
    const text = await record([
      recordedOf({
        sending: {
          method: "POST",
          url: "https://api.example.com/v1/x?a=1&b=%20",
          headers: [["Cookie", "a=1; b"]],
          body: Buffer.from("{}"),
        },
      }),
      recordedOf({
        received: { status: 0, reason: "", headers: [], body: "", failure: "connection refused", connect: 0, wait: 0, receive: 0 },
      }),
      recordedOf({
        received: {
          headers: [
            ["Location", "/y"],
            ["Set-Cookie", "sid=abcdefgh12; Path=/"],
          ],
          body: new Uint8Array([255, 0]),
        },
      }),
    ]);
    const entries = JSON.parse(text).log.entries as Record<string, never>[];
    for (const entry of entries) expect(missing(entry)).toEqual([]);
    expect(entries[1]).toMatchObject({ _error: "connection refused", response: { status: 0 }, timings: { wait: 0 } });
    expect(entries[0]).not.toHaveProperty("_error");
    expect(entries[0]).toMatchObject({
      time: 21.873,
      timings: { blocked: -1, dns: -1, connect: 1.5, send: 0, wait: 20.123, receive: 0.25 },
      request: {
        queryString: [
          { name: "a", value: "1" },
          { name: "b", value: " " },
        ],
        cookies: [
          { name: "a", value: "1" },
          { name: "b", value: "" },
        ],
      },
    });
  });

  it("can be read up to where it was cut off", async () => {
    let text = "";
    const write = (more: string) => {
      text += more;
    };
    const recording = openRecording({ write, accounts: new Map(), declared: [], version: "1" });
    for (let i = 0; i < 3; i++) expect(await recording.add(recordedOf())).toBe(i);
    const { seen, faults } = await readBack(text, ({ response }) => response.status);
    expect(seen).toEqual([200, 200, 200]);
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining("3 whole entries were read")]);
    expect((await readBack(text.slice(0, -40), () => 1)).seen.length).toBe(2);
  });

  it("is written in order, however many are added at once", async () => {
    const order: string[] = [];
    const recording = openRecording({
      write: async (text) => {
        await Promise.resolve();
        order.push(/"purpose": "(\w)"/.exec(text)?.[1] ?? "end");
      },
      accounts: new Map(),
      declared: [],
      version: "1",
    });
    const added = ["a", "b", "c"].map((purpose) => recording.add(recordedOf({ ask: { purpose } })));
    expect(await Promise.all(added)).toEqual([0, 1, 2]);
    await recording.close();
    expect(order).toEqual(["a", "b", "c", "end"]);
  });

  it("tells what was asked, by whom, and what for", async () => {
    const ask = {
      purpose: "a foreign read",
      aims: ["course-not-found"],
      target: { resource: "course", is: "foreign" } as const,
      group: "g",
      pair: 3,
      level: 1,
    } as const;
    const text = await record([recordedOf({ ...asAlice, ask: { ...asAlice.ask, ...ask } })], alice);
    const { seen } = await readBack(text, ({ probe, account, label, waited, request }) => ({
      probe,
      account: account?.name,
      label,
      waited,
      authorization: request.headers.get("Authorization"),
    }));
    expect(seen).toEqual([
      {
        probe: {
          id: "auth/none",
          live: true,
          level: 1,
          aims: ["course-not-found"],
          target: { resource: "course", is: "foreign" },
          group: "g",
          pair: 3,
        },
        account: "alice",
        label: "",
        waited: 20.123,
        authorization: "Bearer <account:alice>",
      },
    ]);
  });

  it("tells one account by its name, however it shows its credential, and no made-up one", async () => {
    const declared = [{ header: "X-Key" }, { query: "key" }];
    const accounts = { alice: ["aaaa-bbbb-cccc", "aaaa-bbbb-cccc"] };
    const url = "https://api.example.com/v1/x";
    const text = await record(
      [
        recordedOf({ ask: { as: { account: "alice" } }, sending: { headers: [["x-key", "aaaa-bbbb-cccc"]] } }),
        recordedOf({ ask: { as: { account: "alice" } }, sending: { url: `${url}?key=aaaa-bbbb-cccc` } }),
        recordedOf({ ask: { as: { madeUp: "zzzz-yyyy-xxxx" } }, sending: { headers: [["X-Key", "zzzz-yyyy-xxxx"]] } }),
        recordedOf({ ask: { as: { madeUp: "other-one-here" } }, sending: { headers: [["X-Key", "other-one-here"]] } }),
        recordedOf({ ask: { as: { madeUp: "zzzz-yyyy-xxxx" } }, sending: { headers: [["X-Key", "zzzz-yyyy-xxxx"]] } }),
      ],
      { accounts, declared },
    );
    const { seen } = await readBack(
      text,
      ({ account, request }) => [account?.id, account?.name, request.headers.get("X-Key") ?? request.query],
      declared,
    );
    expect(seen.map(([, ...rest]) => rest)).toEqual([
      ["alice", "<account:alice>"],
      ["alice", "key=%3Caccount%3Aalice%3E"],
      [undefined, "<account:made-up-1>"],
      [undefined, "<account:made-up-2>"],
      [undefined, "<account:made-up-1>"],
    ]);
    const ids = seen.map(([id]) => id);
    expect([ids[0] === ids[1], ids[0] === ids[2], ids[2] === ids[3], ids[2] === ids[4]]).toEqual([true, false, false, true]);
  });

  it("keeps a body that was cut as cut, and one that could not be decoded out", async () => {
    const text = await record([
      recordedOf({ received: { body: '{"a":', isCut: true } }),
      recordedOf({ received: { body: "12", isCut: true } }),
      recordedOf({ received: { body: "", isCut: true } }),
      recordedOf({ received: { body: "\x28\xb5", isCoded: true } }),
      recordedOf({ received: { body: new Uint8Array([0xff, 0xfe]), isCut: true } }),
      recordedOf({ received: { body: "" } }),
      recordedOf(),
    ]);
    const { seen } = await readBack(text, ({ response: { body } }) => [body.state, body.truncated]);
    expect(seen).toEqual([
      ["present", true],
      ["present", true],
      ["not-captured", false],
      ["not-captured", false],
      ["present", true],
      ["empty", false],
      ["present", false],
    ]);
  });

  it("has no body where its coding is not known, with whatever field and status", async () => {
    const coded = (status: number) =>
      recordedOf({
        received: {
          status,
          headers: [
            ["Content-Type", "application/json"],
            ["Content-Encoding", "zstd"],
            ["Content-Length", "2"],
          ],
          body: "{}",
          isCoded: true,
        },
      });
    const { seen } = await readBack(await record([coded(200), coded(404), coded(503)]), ({ response: { body } }) => [
      body.state,
      body.text(),
    ]);
    expect(seen).toEqual(Array.from({ length: 3 }, () => ["not-captured", ""]));
    const { sending, received } = coded(404);
    expect(liveExchange(sending, received).response.body.state).toBe("not-captured");
  });

  it("gives an audit back what was sent and received", async () => {
    const token = fc
      .stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/)
      .filter((name) => !/^(?:cookie|set-cookie|authorization|content-length|content-type|content-encoding|host)$/i.test(name));
    const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
    const lines = fc.array(fc.tuple(token, value), { maxLength: 5 });
    const body = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          sent: lines,
          got: lines,
          asked: body,
          answered: body,
          path: fc.webPath(),
          status: fc.integer({ min: 200, max: 599 }),
          reason: fc.string(),
        }),
        async ({ sent, got, asked, answered, path, status, reason }) => {
          const text = await record([
            recordedOf({
              sending: {
                method: "PUT",
                url: `https://api.example.com${path}`,
                headers: [["Content-Type", "text/plain"], ...sent],
                body: asked,
              },
              received: { status, reason, headers: got, body: answered },
            }),
          ]);
          const { seen, faults } = await readBack(text, ({ request, response }) => ({
            url: request.url,
            sent: request.headers.lines().slice(2, -1),
            asked: request.body.text(),
            askedState: request.body.state,
            status: response.status,
            reason: response.reason,
            got: response.headers.lines(),
            answered: response.body.text(),
          }));
          expect(faults).toEqual([]);
          expect(seen).toEqual([
            {
              url: `https://api.example.com${path}`,
              sent,
              asked: Buffer.from(asked).toString(),
              askedState: asked.length === 0 ? "empty" : "present",
              status,
              reason: Buffer.from(reason).toString(),
              got,
              answered: status === 204 || status === 304 ? expect.any(String) : withoutMark(Buffer.from(answered)),
            },
          ]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** A byte order mark before bytes that are no UTF-8 is none of the text. */
function withoutMark(bytes: Buffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: isText(bytes) }).decode(bytes);
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString()).equals(bytes);
}

const required: Readonly<Record<string, readonly string[]>> = {
  "": ["startedDateTime", "time", "request", "response", "cache", "timings"],
  request: ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"],
  response: ["status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize"],
  "response.content": ["size", "mimeType"],
  timings: ["send", "wait", "receive"],
};

/** HAR's required members that are not there. */
function missing(entry: Record<string, unknown>): string[] {
  return Object.entries(required).flatMap(([path, names]) => {
    const at = path.split(".").reduce((so, name) => (name === "" ? so : (so[name] as Record<string, unknown>)), entry);
    return names.filter((name) => at[name] === undefined).map((name) => `${path}.${name}`);
  });
}
