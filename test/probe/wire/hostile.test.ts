import { createServer } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closeLater, listen, sendingTo, serveBytes, wireTo } from "./kit.ts";

const json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
/** Few milliseconds: these servers never come to an end. */
const soon = { timeout: 300 };

/** Each writes its bytes, then ends the connection. */
const broken: readonly (readonly [what: string, bytes: string, status: number, failure: RegExp])[] = [
  ["nothing", "", 0, /^the connection was closed before the answer$/],
  ["half a head", "HTTP/1.1 200 OK\r\nContent-", 0, /^the connection was closed within the answer's head$/],
  ["less than its Content-Length", `${json}Content-Length: 90\r\n\r\n{"a":1`, 200, /^the answer ended before its Content-Length$/],
  ["no last chunk", `${json}Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n`, 200, /^the answer ended before its last chunk$/],
  ["garbage for a chunk's length", `${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`, 200, /^not HTTP within the answer's content: /],
  ["a negative chunk", `${json}Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n`, 200, /^not HTTP within the answer's content: /],
  ["two Content-Lengths", `${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 0, /^not HTTP: .*two lengths/],
  ["both lengths", `${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 0, /^not HTTP: .*two lengths/],
  ["a Content-Length that is none", `${json}Content-Length: two\r\n\r\n{}`, 0, /^not HTTP: .*Content-Length/],
  ["NUL in a field", `${json}X: a\0b\r\nContent-Length: 2\r\n\r\n{}`, 0, /^not HTTP: .*header value/i],
  ["a field without a name", `${json}: b\r\n\r\n`, 0, /^not HTTP: .*header/i],
  ["status 000", "HTTP/1.1 000 None\r\nContent-Length: 2\r\n\r\n{}", 0, /^not HTTP: a status below 100$/],
  ["status 42", "HTTP/1.1 42 Short\r\n\r\n", 0, /^not HTTP: .*status/i],
  ["status 1000", "HTTP/1.1 1000 Long\r\n\r\n", 0, /^not HTTP: /],
  ["a status of words", "HTTP/1.1 OK\r\n\r\n", 0, /^not HTTP: .*status/i],
  ["another protocol", "SSH-2.0-OpenSSH_9.2\r\n", 0, /^not HTTP: /],
  ["a page without a head", "<html>no</html>", 0, /^not HTTP: /],
  ["HTTP/2's first bytes", "\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0d", 0, /^not HTTP: /],
  ["a version that is none", "HTTP/7.3 200 OK\r\n\r\n", 0, /^not HTTP: .*version/i],
  [
    "another protocol, with 101",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nzzz",
    0,
    /^not HTTP: the server switched/,
  ],
  ["a 101 without an Upgrade", "HTTP/1.1 101 Switching Protocols\r\n\r\n", 0, /^not HTTP|^the connection was closed/],
  ["endless fields", `${json}${`X-Pad: ${"x".repeat(1000)}\r\n`.repeat(100)}`, 0, /^the answer's headers are too large$/],
  ["one endless field", `${json}X: ${"x".repeat(100_000)}`, 0, /^the answer's headers are too large$/],
];

describe("a broken answer is told", () => {
  it.each(broken)("%s", async (_, bytes, status, failure) => {
    const server = await serveBytes((socket) => socket.end(Buffer.from(bytes, "latin1")));
    const wire = wireTo(server.origin, { timeout: 3_000 });
    const got = await wire.send(sendingTo(`${server.origin}/`));
    expect(got.failure).toMatch(failure);
    expect(got.status).toBe(status);
    expect(got.isStale).toBeUndefined();
    expect(server.requests.length).toBe(1);
  });

  it("and keeps what had come of the content", async () => {
    const server = await serveBytes((socket) => socket.end(`${json}Content-Length: 90\r\n\r\n{"a":1`));
    const got = await wireTo(server.origin).send(sendingTo(`${server.origin}/`));
    expect([Buffer.from(got.body).toString(), got.isCut]).toEqual(['{"a":1', true]);
  });

  it("where the connection is reset, before and within it", async () => {
    const server = await serveBytes((socket, request) => {
      if (request.startsWith("GET /within")) socket.write(`${json}Content-Length: 90\r\n\r\n{"a":1`, () => socket.resetAndDestroy());
      else socket.resetAndDestroy();
    });
    const wire = wireTo(server.origin);
    expect((await wire.send(sendingTo(`${server.origin}/before`))).failure).toBe("the connection was reset before the answer");
    expect((await wire.send(sendingTo(`${server.origin}/within`))).failure).toMatch(
      /^(?:the connection was reset (?:within|before) the answer|the answer ended before its Content-Length)$/,
    );
  });

  it("where what is left over from one answer stands before the next", async () => {
    const server = await serveBytes((socket, _, index) =>
      socket.write(index === 0 ? `${json}Content-Length: 2\r\n\r\n{}` : `left over${json}Content-Length: 2\r\n\r\n{}`),
    );
    const wire = wireTo(server.origin);
    await wire.send(sendingTo(`${server.origin}/`));
    expect((await wire.send(sendingTo(`${server.origin}/`))).failure).toMatch(/^not HTTP, or left over from the answer before it: /);
  });

  it("but not where there is more of it than its Content-Length: what is too much is nobody's", async () => {
    const server = await serveBytes((socket) =>
      socket.write(`${json}Content-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`),
    );
    const wire = wireTo(server.origin);
    for (let i = 0; i < 3; i++) {
      const got = await wire.send(sendingTo(`${server.origin}/${i}`));
      expect([got.status, Buffer.from(got.body).toString(), got.failure]).toEqual([200, "{}", undefined]);
    }
    expect(server.requests.length).toBe(3);
  });

  it("whatever bytes come", async () => {
    const token = fc.constantFrom(
      "HTTP/1.1 ",
      "200",
      "404 ",
      "\r\n",
      "\n",
      ": ",
      "Content-Length",
      "Transfer-Encoding",
      "chunked",
      "5",
      "\0",
      "{}",
      "101",
      "000",
    );
    const bytes = fc.array(fc.oneof(token, fc.string({ maxLength: 6 })), { maxLength: 14 });
    let now = "";
    const server = await serveBytes((socket) => socket.end(now));
    const wire = wireTo(server.origin, { timeout: 2_000 });
    await fc.assert(
      fc.asyncProperty(bytes, async (parts) => {
        now = parts.join("");
        const got = await wire.send(sendingTo(`${server.origin}/`));
        expect(got.status === 0 ? got.failure : "").toBeTypeOf("string");
        expect(got.failure ?? "").not.toMatch(/undefined|\[object|\n/);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a server that never comes to an end is left", () => {
  const endless: readonly (readonly [what: string, first: string, drop: string, status: number])[] = [
    ["says nothing", "", "", 0],
    ["stops within the head", "HTTP/1.1 200 OK\r\nX: ", "", 0],
    ["drips its head", "HTTP/1.1 200 OK\r\n", "X: 1\r\n", 0],
    ["sends interim answers", "", "HTTP/1.1 102 Processing\r\n\r\n", 0],
    ["stops within the content", `${json}Content-Length: 90\r\n\r\n{`, "", 200],
    ["drips its content", `${json}Content-Length: 90000\r\n\r\n{`, " ", 200],
    ["drips chunks", `${json}Transfer-Encoding: chunked\r\n\r\n`, "1\r\n \r\n", 200],
  ];
  it.each(endless)("that %s", async (_, first, drop, status) => {
    const server = await serveBytes((socket) => {
      socket.write(first);
      if (drop === "") return;
      const dripping = setInterval(() => socket.write(drop), 10);
      socket.on("close", () => clearInterval(dripping));
    });
    const wire = wireTo(server.origin, soon);
    const got = await wire.send(sendingTo(`${server.origin}/`));
    expect([got.status, got.failure, got.isCut]).toEqual([
      status,
      status === 0 ? "no answer within 0.3 s" : "the answer was not complete within 0.3 s",
      status !== 0,
    ]);
    expect(got.connect + got.wait + got.receive).toBeGreaterThan(200);
    expect(server.requests.length).toBe(1);
  });

  it("that takes the connection and no TLS", async () => {
    const server = createServer(() => undefined);
    const { origin } = await listen(server);
    const secure = origin.replace("http:", "https:");
    const got = await wireTo(secure, { ...soon, insecure: true }).send(sendingTo(`${secure}/`));
    expect([got.status, got.failure]).toEqual([0, "no answer within 0.3 s"]);
  });

  it("that reads nothing of a large body", async () => {
    const server = createServer((socket) => socket.pause());
    const { origin } = await listen(server);
    const got = await wireTo(origin, soon).send(sendingTo(`${origin}/`, { method: "POST", body: Buffer.alloc(20 << 20) }));
    expect([got.status, got.failure]).toEqual([0, "no answer within 0.3 s"]);
  });

  it("that sends without an end: the content is cut, the connection closed", async () => {
    let sent = 0;
    let closed: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const block = Buffer.alloc(1 << 16, "x");
    const server = await serveBytes((socket) => {
      socket.write(`${json}Content-Length: 10000000000\r\n\r\n`);
      const more = () => {
        while (!socket.destroyed && socket.write(block)) sent += block.length;
      };
      socket.on("drain", more).on("close", closed);
      more();
    });
    const wire = wireTo(server.origin, { body: 50_000 });
    const got = await wire.send(sendingTo(`${server.origin}/`));
    await gone;
    expect([got.status, got.body.length, got.isCut, got.failure]).toEqual([200, 50_000, true, undefined]);
    expect(sent).toBeLessThan(64 << 20);
  });

  it("when the caller stops, before it is sent, while it is made, and within the answer", async () => {
    const server = await serveBytes((socket, request) => {
      if (request.startsWith("GET /within")) socket.write(`${json}Content-Length: 90\r\n\r\n{`);
    });
    const wire = wireTo(server.origin);
    expect(await wire.send(sendingTo(`${server.origin}/no`), AbortSignal.abort())).toMatchObject({
      status: 0,
      failure: "stopped before the answer had come",
    });
    expect(server.requests).toEqual([]);
    const stop = new AbortController();
    const pending = wire.send(sendingTo(`${server.origin}/never`), stop.signal);
    stop.abort();
    expect((await pending).failure).toBe("stopped before the answer had come");
    const late = new AbortController();
    const half = wire.send(sendingTo(`${server.origin}/within`), late.signal);
    await new Promise<void>((resolve) => {
      const look = () => (server.requests.some((request) => request.startsWith("GET /within")) ? resolve() : setImmediate(look));
      look();
    });
    late.abort();
    expect((await half).failure).toBe("stopped before the answer had come");
  });
});

describe("no connection is told", () => {
  it("where nobody listens", async () => {
    const server = createServer();
    const { origin } = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    closeLater(() => undefined);
    const got = await wireTo(origin).send(sendingTo(`${origin}/`));
    expect(got).toMatchObject({ status: 0, failure: "connection refused", wait: 0, receive: 0 });
  });

  it("where the server closes each connection as it is made", async () => {
    let made = 0;
    const server = createServer((socket) => {
      made++;
      socket.resetAndDestroy();
    });
    const { origin } = await listen(server);
    const got = await wireTo(origin).send(sendingTo(`${origin}/`));
    expect(got.status).toBe(0);
    expect(got.failure).toMatch(/^the connection was (?:reset|closed)/);
    expect(made).toBe(1);
  });
});
