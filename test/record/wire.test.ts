import { describe, expect, it } from "vitest";
import { serveBytes } from "../probe/wire/kit.ts";
import { dial, fieldOf, get, recordWhile, seen } from "./kit.ts";

const answer = (text: string) => serveBytes((socket) => socket.write(text, "latin1"));
const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("the request", () => {
  it("goes on as it was written, but for its Host and what belongs to the connection", async () => {
    const server = await answer(ok);
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const head = [
        "DELETE /a//b/%2e%2E/;c?q=%20+&q=&%zz HTTP/1.1",
        "x-LOWER: 1",
        "hOST: 127.0.0.1:1",
        "X-A: one",
        "X-B: \xe9",
        "x-a: two",
        "Connection: keep-alive, X-Hop",
        "X-Hop: gone",
        "Keep-Alive: timeout=1",
        "TE: trailers",
        "Content-Length: 3",
      ];
      await dial(port, `${head.join("\r\n")}\r\n\r\nabc`).until("\r\n\r\nok");
    });
    const sent = [
      "DELETE /a//b/%2e%2E/;c?q=%20+&q=&%zz HTTP/1.1",
      "x-LOWER: 1",
      `hOST: 127.0.0.1:${server.port}`,
      "X-A: one",
      "X-B: \xe9",
      "x-a: two",
      "Content-Length: 3",
      "TE: trailers",
      "Connection: TE, keep-alive",
    ];
    expect(server.requests).toEqual([`${sent.join("\r\n")}\r\n\r\nabc`]);
    expect(entries[0]?.request).toMatchObject({
      method: "DELETE",
      url: `${server.origin}/a//b/%2e%2E/;c?q=%20+&q=&%zz`,
      headers: sent.slice(1, 7).map((line) => ({ name: line.split(": ")[0], value: line.split(": ")[1] })),
      bodySize: 3,
    });
  });

  it.each(["GET", "POST", "PUT", "DELETE"])("gets no framing that it did not have: %s without a body", async (method) => {
    const server = await answer(ok);
    await recordWhile(server.origin, (_, port) =>
      dial(port, `${method} / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2\r\n\r\n`).until("\r\n\r\nok"),
    );
    expect(server.requests).toEqual([
      `${method} / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-A: 1\r\nX-A: 2\r\nConnection: keep-alive\r\n\r\n`,
    ]);
  });

  it("passes on as many lines as fit into a head, without making anybody wait", async () => {
    const server = await answer(ok);
    const lines = Array.from({ length: 20_000 }, (_, n) => `a: ${n % 10}`);
    const started = process.cpuUsage();
    await recordWhile(server.origin, (_, port) => dial(port, get("/", ...lines)).until("\r\n\r\nok"));
    const { user } = process.cpuUsage(started);
    expect(server.requests[0]?.match(/^a: \d\r$/gm)).toHaveLength(20_000);
    expect(user).toBeLessThan(5_000_000);
  });

  it("keeps its chunks, and its trailers", async () => {
    const server = await serveBytes(() => undefined);
    await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\nabc\r\n");
      await seen(server.sockets, "3\r\nabc\r\n");
      client.socket.write("2\r\nde\r\n0\r\nX-T: 1\r\n\r\n");
      expect(await seen(server.sockets, "0\r\n")).toMatch(/\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n$/);
      server.sockets[0]?.write(ok);
      await client.until("\r\n\r\nok");
    });
  });

  it("waits for its 100, which is the target's", async () => {
    const server = await serveBytes((socket, request) => {
      if (request.includes("Content-Length: 0")) socket.write(ok);
    });
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      await seen(server.sockets, "Expect: 100-continue\r\n");
      expect(client.text()).toBe("");
      server.sockets[0]?.write("HTTP/1.1 100 Continue\r\n\r\n");
      await client.until("HTTP/1.1 100 Continue\r\n\r\n");
      client.socket.write("{}");
      await seen(server.sockets, "\r\n\r\n{}");
      server.sockets[0]?.write(ok);
      await client.until("\r\n\r\nok");
    });
    expect(entries.map(({ request, response }) => [request.postData?.text, response.status])).toEqual([["{}", 200]]);
  });

  it("may be refused before its body was sent", async () => {
    const server = await serveBytes(() => undefined);
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      await seen(server.sockets, "Expect");
      server.sockets[0]?.write("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
      await client.until("417 Expectation Failed");
      client.socket.destroy();
    });
    expect(entries.map(({ response, _error }) => [response.status, _error])).toEqual([[417, undefined]]);
  });
});

describe("the answer", () => {
  const plain = (text: string) => text.replace(/^(?:Connection|Keep-Alive): .*\r\n/gim, "");

  it.each([
    [
      "of a given length",
      "HTTP/1.1 404 Nope Here\r\nX-b: 1\r\nx-A: \xe9\r\nSet-Cookie: a=1\r\nX-B: 2\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\n\xff\x00",
    ],
    ["in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"],
    ["in chunks, with trailers", "HTTP/1.1 200 OK\r\nTrailer: X-T\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX-T: 1\r\n\r\n"],
    ["without a reason or a date", "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n"],
    ["of no content", "HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n"],
    ["that is not modified", 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 900\r\n\r\n'],
    [
      "after early hints",
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    ],
  ])("is what the target sent: %s", async (_, bytes) => {
    const server = await answer(bytes);
    await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, get("/") + get("/again", "Connection: close"));
      expect(plain((await client.end()).text)).toBe(bytes + bytes);
    });
    expect(server.requests.length).toBe(2);
    expect(server.sockets.length).toBe(2);
  });

  it("to HEAD has no content, whatever it says of it", async () => {
    const bytes = "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n";
    const server = await answer(bytes);
    await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, `${get("/").replace("GET", "HEAD")}${get("/again", "Connection: close").replace("GET", "HEAD")}`);
      expect(plain((await client.end()).text)).toBe(bytes + bytes);
    });
  });

  it("that ends with its connection ends with it here as well", async () => {
    const bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it";
    const server = await serveBytes((socket) => socket.end(bytes));
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const { text, isReset } = await dial(port, get("/")).end();
      expect([plain(text), isReset]).toEqual([bytes, false]);
    });
    expect(entries[0]?.response.content).toMatchObject({ text: "all of it" });
    expect(entries[0]?.response.content).not.toHaveProperty("_truncated");
  });

  it("has no chunks for a client of HTTP/1.0", async () => {
    const server = await answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n");
    await recordWhile(server.origin, async (_, port) => {
      const { text } = await dial(port, "GET / HTTP/1.0\r\n\r\n").end();
      expect(text).toMatch(/\r\n\r\nab$/);
      expect(text).not.toContain("Transfer-Encoding");
    });
  });

  it("comes piece by piece, each at once", async () => {
    const server = await serveBytes((socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"),
    );
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const client = dial(port, get("/events"));
      await client.until(/\r\n\r\n$/);
      for (const event of ["data: 1\n\n", "data: 2\n\n"]) {
        server.sockets[0]?.write(`9\r\n${event}\r\n`);
        await client.until(event);
      }
      server.sockets[0]?.write("0\r\n\r\n");
      await client.until("0\r\n\r\n");
    });
    expect(entries[0]?.response.content.text).toBe("data: 1\n\ndata: 2\n\n");
  });
});

describe("many requests", () => {
  it("of one connection are answered in their order, and sent at once", async () => {
    const server = await serveBytes((socket, request) => {
      const path = /^GET (\S+)/.exec(request)?.[1] ?? "";
      const body = `HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`;
      // The first is answered once the second is there.
      if (path === "/first") held = () => socket.write(body);
      else {
        socket.write(body);
        held();
      }
    });
    let held = () => false;
    const { entries } = await recordWhile(server.origin, async (_, port) => {
      const { text } = await dial(port, get("/first") + get("/second", "Connection: close")).end();
      expect(text.indexOf("/first")).toBeLessThan(text.indexOf("/second"));
    });
    expect(entries.map(({ request }) => new URL(request.url).pathname)).toEqual(["/first", "/second"]);
  });

  it("in turn use one connection to the target", async () => {
    const server = await answer(ok);
    const { entries } = await recordWhile(server.origin, async (address) => {
      for (let i = 0; i < 3; i++) expect(await (await fetch(`${address}/${i}`)).text()).toBe("ok");
    });
    expect(server.sockets.length).toBe(1);
    expect(entries.map(({ timings }) => timings.connect >= 0)).toEqual([true, false, false]);
  });

  it("do not fail over a kept connection that the target has closed: a read is sent again, once", async () => {
    const server = await serveBytes((socket, _, index) => (index === 1 ? socket.destroy() : socket.write(ok)));
    const { entries } = await recordWhile(server.origin, async (address) => {
      expect((await fetch(address)).status).toBe(200);
      expect((await fetch(address)).status).toBe(200);
    });
    expect(server.requests.length).toBe(3);
    expect(entries.map(({ response, _error }) => [response.status, _error])).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
  });

  it("but a write is not sent again", async () => {
    const server = await serveBytes((socket, _, index) => (index === 1 ? socket.destroy() : socket.write(ok)));
    const { entries } = await recordWhile(server.origin, async (address) => {
      expect((await fetch(address)).status).toBe(200);
      expect((await fetch(address, { method: "POST", body: "{}" })).status).toBe(502);
    });
    expect(server.requests.length).toBe(2);
    expect(entries[1]?._error).toBe("the connection, kept from the request before, was closed before the answer");
  });
});

describe("an entry", () => {
  it("has its times, and the server's address; they stand in the order in which they began", async () => {
    const server = await serveBytes((socket, request) => {
      if (request.startsWith("GET /slow")) {
        slow = () => socket.write(ok);
        return;
      }
      socket.write(ok);
    });
    let slow = () => false;
    const { entries } = await recordWhile(server.origin, async (address) => {
      const first = fetch(`${address}/slow`);
      await seen(server.sockets, "GET /slow");
      await (await fetch(`${address}/fast`)).text();
      slow();
      await (await first).text();
    });
    expect(entries.map(({ request }) => new URL(request.url).pathname)).toEqual(["/slow", "/fast"]);
    for (const { timings, time, serverIPAddress, startedDateTime } of entries) {
      const { connect, send, wait, receive } = timings;
      expect(time).toBeCloseTo(Math.max(0, connect) + send + wait + receive, 2);
      expect(Math.min(send, wait, receive)).toBeGreaterThanOrEqual(0);
      expect(serverIPAddress).toBe("127.0.0.1");
      expect(Math.abs(Date.parse(startedDateTime) - Date.now())).toBeLessThan(60_000);
    }
    const [slowOne, fastOne] = entries;
    expect(slowOne?.timings.wait).toBeGreaterThan(fastOne?.timings.wait ?? 0);
    expect(fieldOf(slowOne?.request.headers ?? [], "host")).toBe(new URL(server.origin).host);
  });
});
