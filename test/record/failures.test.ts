import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { serveBytes } from "../probe/wire/kit.ts";
import { dial, get, recordWhile, seen, unusedOrigin } from "./kit.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("a target that does not answer is told as such, and never blamed for it", () => {
  it("refuses connections", async () => {
    const gone = await unusedOrigin();
    const { entries, report } = await recordWhile(gone, async (address) => {
      const got = await fetch(`${address}/x`, { method: "POST", body: "{}" });
      expect([got.status, await got.text()]).toEqual([502, `envelint record: no answer from ${gone}: connection refused\n`]);
    });
    expect(entries.map(({ response, _error }) => [response.status, _error])).toEqual([[0, "connection refused"]]);
    expect(report.seen.notJudged).toEqual({ "no-response": 1 });
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("unjudged");
  });

  it.each([
    ["closes at once", "", "the connection was reset or closed before the answer"],
    ["speaks no HTTP", "SSH-2.0-OpenSSH_9\r\n\r\n", "not HTTP: it does not begin with HTTP/"],
    ["has a status that is none", "HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n", /not HTTP|before the answer/],
    ["has two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", /^not HTTP: /],
    ["has headers without end", `HTTP/1.1 200 OK\r\nX: ${"x".repeat(300_000)}\r\n\r\n`, "the answer's headers are too large"],
    [
      "switches to another protocol unasked",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
      /switched to another protocol/,
    ],
  ])("%s", async (_, bytes, failure) => {
    const server = await serveBytes((socket) => socket.end(bytes));
    const { entries } = await recordWhile(server.origin, async (address) => {
      const got = await fetch(address, { method: "POST" });
      expect(got.status).toBe(502);
      await got.text();
    });
    expect(entries.length).toBe(1);
    expect(entries[0]?._error).toMatch(failure);
  });
});

describe("an answer that breaks off breaks off for the client, and is no finding", () => {
  it.each([
    ["before its length", 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"type":'],
    [
      "before its last chunk",
      'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"type":\r\n',
    ],
    [
      "within a chunk's size",
      'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"type":\r\nzz\r\n',
    ],
  ])("%s", async (_, bytes) => {
    const server = await serveBytes((socket) => socket.end(bytes));
    const { entries, report } = await recordWhile(server.origin, async (_address, port) => {
      const { text } = await dial(port, get("/")).end();
      expect(text).toContain("404 Not Found");
      expect(text).toContain('{"type":');
      expect(text).not.toContain("\r\n0\r\n");
    });
    expect(entries[0]).toMatchObject({ response: { status: 404, content: { _truncated: true, text: '{"type":' } } });
    expect(entries[0]?._error).toMatch(/within the answer/);
    expect([report.seen.notJudged, report.findings]).toEqual([{ "no-response": 1 }, []]);
  });

  it("by a reset, where its end is the connection's", async () => {
    const server = await serveBytes((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\npart");
    });
    await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, get("/"));
      await client.until("part");
      server.sockets[0]?.resetAndDestroy();
      expect((await client.end()).isReset).toBe(true);
    });
  });
});

describe("a client that leaves", () => {
  it("before the answer: there is none", async () => {
    const server = await serveBytes(() => undefined);
    const { entries, report } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, get("/"));
      await seen(server.sockets, "GET /");
      client.socket.destroy();
      await new Promise((resolve) => server.sockets[0]?.once("close", resolve));
    });
    expect(entries.map(({ response, _error }) => [response.status, _error])).toEqual([[0, "the client left before the answer"]]);
    expect(report.seen.notJudged).toEqual({ "no-response": 1 });
  });

  it("within the answer: what came of it is judged, as a part", async () => {
    const server = await serveBytes((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{");
    });
    const { entries, report } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, get("/"));
      await client.until("\r\n\r\n{");
      client.socket.destroy();
      await new Promise((resolve) => server.sockets[0]?.once("close", resolve));
    });
    expect(entries[0]).toMatchObject({ response: { status: 200, content: { _truncated: true } } });
    expect(entries[0]).not.toHaveProperty("_error");
    expect(report.seen.judged).toBe(1);
  });

  it("within its own request", async () => {
    const server = await serveBytes(() => undefined);
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
      await seen(server.sockets, "12345");
      client.socket.destroy();
      await new Promise((resolve) => server.sockets[0]?.once("close", resolve));
    });
    expect(entries.map(({ response, _error }) => [response.status, _error])).toEqual([[0, "the client left before the answer"]]);
  });

  it("never ends what the target sends without end, but for the end of the command", async () => {
    const server = await serveBytes((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
    });
    const open = await new Promise<ReturnType<typeof dial>>((resolve) => {
      void recordWhile(server.origin, async (_, port) => {
        const client = dial(port, get("/"));
        await client.until("data: 1");
        resolve(client);
      }).then(({ entries, report }) => {
        ended = { entries: entries.length, remarks: report.remarks };
      });
    });
    await open.end();
    await new Promise<void>((resolve) => {
      const check = () => (ended.entries < 0 ? setImmediate(check) : resolve());
      check();
    });
    expect(ended).toEqual({ entries: 1, remarks: ["1 request was still open when the command had ended, and was broken off."] });
  });
  let ended: { entries: number; remarks: readonly string[] } = { entries: -1, remarks: [] };
});

describe("what is not for the target", () => {
  it("is refused, and told", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const { entries, report } = await recordWhile(server.origin, async (_, port) => {
      const foreign = dial(port, get("http://other.example/x"));
      await foreign.until("421 Misdirected Request");
      const tunnel = dial(port, "CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n");
      expect((await tunnel.end()).text).toMatch(/^HTTP\/1\.1 405 /);
      const garbage = dial(port, "\x16\x03\x01 hello\r\n\r\n");
      expect((await garbage.end()).text).toMatch(/^HTTP\/1\.1 400 /);
      const huge = dial(port, get("/", `X: ${"x".repeat(300_000)}`));
      expect((await huge.end()).text).toMatch(/^HTTP\/1\.1 431 /);
      await dial(port, get(`http://127.0.0.1:${server.port}/own?a=1`)).until("\r\n\r\nok");
      await dial(port, get(`http://LOCALHOST:${port}/known`)).until("\r\n\r\nok");
      await dial(port, "OPTIONS * HTTP/1.1\r\nHost: other.example\r\n\r\n").until("\r\n\r\nok");
      await dial(port, get("/foreign-host").replace("proxy.example", "other.example")).until("\r\n\r\nok");
    });
    expect(server.requests.map((request) => request.split("\r\n").slice(0, 2))).toEqual(
      ["GET /own?a=1", "GET /known", "OPTIONS *", "GET /foreign-host"].map((line) => [
        `${line} HTTP/1.1`,
        `Host: 127.0.0.1:${server.port}`,
      ]),
    );
    expect(entries.map(({ request }) => request.url.slice(server.origin.length))).toEqual(["/own?a=1", "/known", "", "/foreign-host"]);
    expect(report.remarks).toEqual([
      "1 request for another server than the target was refused with 421, and not recorded.",
      "1 request for a tunnel (CONNECT) was refused with 405, and not recorded.",
      "2 requests were no HTTP and did not reach the target.",
    ]);
  });

  it.each([
    // What a client sends that takes the proxy for its way to everywhere: Host says the same.
    "http://other.example/x",
    "http://proxy.example/x",
    "https://127.0.0.1:PORT/x",
    "https://127.0.0.1:TARGET/x",
    "http://127.0.0.1:PORT@other.example/x",
    "http://127.0.0.1:TARGET@other.example/x",
    "http://127.0.0.1:TARGET\\@other.example/x",
    "http://user@127.0.0.1:TARGET/x",
    "http://127.0.0.1/x",
    "http://127.0.0.1:1TARGET/x",
    "http://127.0.0.1.other.example:PORT/x",
    "http:///x",
    "ftp://127.0.0.1:TARGET/x",
  ])("does not get there with its credentials: %s", async (url) => {
    const server = await serveBytes((socket) => socket.write(ok));
    const { entries, report, text } = await recordWhile(server.origin, async (_, port) => {
      const named = url.replace("PORT", String(port)).replace("TARGET", String(server.port));
      const host = /^[a-z]+:\/\/([^/]*)/.exec(named)?.[1] ?? "";
      const client = dial(port, get(named, "Authorization: Bearer s3cret-0f-another").replace("proxy.example", host));
      expect(await client.until("\r\n\r\n")).toMatch(/^HTTP\/1\.1 4(?:21|00) /);
    });
    expect(server.requests).toEqual([]);
    expect(entries).toEqual([]);
    expect(text).not.toContain("s3cret");
    expect(report.remarks.join(" ")).toMatch(/^1 request (?:for another server than the target was refused with 421|was no HTTP)/);
  });

  it.each(["http://127.0.0.1:PORT/x", "http://[::1]:PORT/x", "http://127.0.0.1:TARGET/x", "HTTP://127.0.0.1:TARGET?x"])(
    "but the target and the proxy may be named in full: %s",
    async (url) => {
      const server = await serveBytes((socket) => socket.write(ok));
      const { entries } = await recordWhile(server.origin, async (_, port) => {
        await dial(port, get(url.replace("PORT", String(port)).replace("TARGET", String(server.port)))).until("\r\n\r\nok");
      });
      expect(entries).toHaveLength(1);
    },
  );

  it("cannot be reached from other machines", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    await recordWhile(server.origin, async (address) => {
      expect(new URL(address).hostname).toBe("127.0.0.1");
      const { networkInterfaces } = await import("node:os");
      const other = Object.values(networkInterfaces())
        .flat()
        .find((each) => each?.family === "IPv4" && !each.internal);
      if (other !== undefined) await expect(fetch(address.replace("127.0.0.1", other.address))).rejects.toThrow();
    });
  });
});

describe("another protocol", () => {
  it("passes through once the target agrees, and is counted", async () => {
    const server = await serveBytes((socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nhello");
    });
    const { entries, report } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, get("/ws", "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: a"));
      await client.until(/^HTTP\/1\.1 101 Switching Protocols\r\nUpgrade: websocket\r\n[\s\S]*\r\n\r\nhello$/);
      client.socket.write("\x81\x00frame");
      await seen(server.sockets, "frame");
      server.sockets[0]?.write("back");
      await client.until("back");
      server.sockets[0]?.end();
      await client.end();
    });
    expect(server.requests[0]).toMatch(/\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n/);
    expect(entries.map(({ response }) => response.status)).toEqual([101]);
    expect(report.seen.notJudged).toEqual({ "not-http": 1 });
    expect(report.remarks).toEqual(["1 connection went over to another protocol (WebSocket): what passed there is not judged."]);
  });

  it("may be refused, with an answer as any other", async () => {
    const server = await serveBytes((socket) =>
      socket.write("HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: upgrade\r\nContent-Length: 2\r\n\r\nno"),
    );
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, get("/ws", "Connection: Upgrade", "Upgrade: websocket"));
      expect((await client.end()).text).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n[\s\S]*Upgrade: websocket\r\n[\s\S]*\r\n\r\nno$/);
    });
    expect(entries[0]).toMatchObject({ response: { status: 426, content: { text: "no" } } });
  });

  it("fails as any request does", async () => {
    const gone = await unusedOrigin();
    const { entries } = await recordWhile(gone, async (_, port) => {
      expect((await dial(port, get("/ws", "Connection: Upgrade", "Upgrade: websocket")).end()).text).toMatch(/^HTTP\/1\.1 502 /);
    });
    expect(entries[0]?._error).toBe("connection refused");
  });

  it("HTTP/2 is not offered: who asks for it is answered in HTTP/1.1, body and all", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const head = [
        "POST / HTTP/1.1",
        "Host: x",
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABk",
        "Content-Length: 4",
      ];
      const client = dial(port, `${head.join("\r\n")}\r\n\r\n{"a"`);
      await client.until("\r\n\r\nok");
      client.socket.write(get("/again"));
      await client.until(/ok[\s\S]*ok$/);
    });
    expect(server.requests[0]).toBe(
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\n{"a"`,
    );
    expect(entries.map(({ request }) => [request.method, request.postData?.text])).toEqual([
      ["POST", '{"a"'],
      ["GET", undefined],
    ]);
  });
});

describe("a body", () => {
  it("passes as it is coded, and is recorded as what it says", async () => {
    const coded = gzipSync('{"type":"error","error":{"type":"x"}}');
    const server = await serveBytes((socket) => {
      socket.write(
        `HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${coded.length}\r\n\r\n`,
      );
      socket.write(coded);
    });
    const { entries } = await recordWhile(server.origin, async (address, port) => {
      const client = dial(
        port,
        `POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: ${coded.length}\r\n\r\n${coded.toString("latin1")}`,
      );
      await client.until(coded.toString("latin1"));
      expect(await (await fetch(address)).json()).toMatchObject({ type: "error" });
    });
    expect(entries[0]).toMatchObject({
      request: { postData: { text: '{"type":"error","error":{"type":"x"}}' } },
      response: { content: { text: '{"type":"error","error":{"type":"x"}}' } },
    });
  });

  it("that is longer than is kept is kept in part, or left out where the client sent it; both are told", async () => {
    const long = Buffer.alloc((1 << 20) + 1, "x");
    const server = await serveBytes((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${long.length}\r\n\r\n`);
      socket.write(long);
    });
    const { entries, report } = await recordWhile(server.origin, async (address) => {
      const got = await fetch(address, { method: "POST", body: long });
      expect((await got.arrayBuffer()).byteLength).toBe(long.length);
    });
    expect(server.requests[0]?.endsWith(long.toString())).toBe(true);
    expect(entries[0]?.request).toMatchObject({
      bodySize: long.length,
      postData: { comment: "left out: longer than the recording keeps" },
    });
    expect(entries[0]?.response.content).toMatchObject({ _truncated: true });
    expect(entries[0]?.response.content.text?.length).toBe(256 << 10);
    expect(report.remarks).toEqual([
      "1 request had a body that is longer than the recording keeps: it is left out there.",
      "Of 1 body the recording holds the beginning alone: longer than it keeps.",
    ]);
  });
});
