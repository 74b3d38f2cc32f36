import { describe, expect, it } from "vitest";
import { sendingTo, serveBytes, wireTo } from "./kit.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

describe("a request goes out as it is", () => {
  it("with its own method, path, repeated headers and bytes", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const wire = wireTo(server.origin);
    const body = Buffer.from([0, 255, 13, 10, 123]);
    const got = await wire.send(
      sendingTo(`${server.origin}/a//b/../%2e%2e/c?x=[1]&y={z}#part`, {
        method: "ENVELINT",
        headers: [
          ["X-One", "1"],
          ["x-two", "a"],
          ["X-Two", "b"],
        ],
        body,
      }),
    );
    expect(got).toMatchObject({ status: 200, failure: undefined });
    expect(server.requests[0]).toBe(
      `ENVELINT /a//b/../%2e%2e/c?x=[1]&y={z} HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\nconnection: keep-alive\r\nX-One: 1\r\nx-two: a\r\nX-Two: b\r\ncontent-length: 5\r\n\r\n${body.toString("latin1")}`,
    );
  });

  it.each(["HEAD", "OPTIONS", "TRACE", "DELETE", "PATCH", "QUERY", "get"])("%s, with and without a body", async (method) => {
    const server = await serveBytes((socket) => socket.write(ok));
    const wire = wireTo(server.origin);
    for (const body of [undefined, Buffer.from("{}")]) {
      const got = await wire.send(sendingTo(`${server.origin}/x`, { method, body }));
      expect([got.status, got.failure]).toEqual([200, undefined]);
    }
    expect(server.requests.map((request) => request.split(" ", 1)[0])).toEqual([method, method]);
    expect(server.requests[1]).toMatch(/\r\n\r\n\{\}$/);
  });

  it.each([
    ["a method", { method: "GET /x" }],
    ["a path", { url: "/a b" }],
    ["a header's value", { headers: [["X", "a\r\nEvil: 1"]] as const }],
    ["a header's name", { headers: [["X Y", "1"]] as const }],
    ["a Transfer-Encoding", { headers: [["Transfer-Encoding", "chunked"]] as const }],
    ["an Expect", { headers: [["Expect", "100-continue"]] as const }],
    ["a wrong Content-Length", { method: "POST", headers: [["Content-Length", "9"]] as const, body: Buffer.from("x") }],
  ])("or is told, where HTTP or undici has no place for %s", async (_, change) => {
    const server = await serveBytes((socket) => socket.write(ok));
    const wire = wireTo(server.origin);
    const url = `${server.origin}${"url" in change ? change.url : "/"}`;
    const got = await wire.send(sendingTo(url, { ...change, url } as object));
    expect(got.status).toBe(0);
    expect(got.failure).toMatch(/^it cannot be sent: /);
    expect(server.requests).toEqual([]);
    expect((await wire.send(sendingTo(`${server.origin}/`))).status).toBe(200);
  });

  it("to no other origin, whatever the URL looks like", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const wire = wireTo(server.origin);
    for (const url of [
      `${server.origin}0/`,
      `${server.origin}.evil.example/`,
      `${server.origin}@evil.example/`,
      "http://127.0.0.2:1/",
      "/x",
    ]) {
      const got = await wire.send(sendingTo(url));
      expect([got.status, got.failure]).toEqual([0, `it is not for ${server.origin}`]);
    }
    expect(server.requests).toEqual([]);
    expect((await wire.send(sendingTo(server.origin.replace("http", "HTTP").replace("//", "//me@")))).status).toBe(0);
    for (const [rest, path] of [
      ["", "/"],
      ["?a", "/?a"],
      ["#a", "/"],
      ["/b?c/../d#e", "/b?c/../d"],
    ])
      expect([(await wire.send(sendingTo(server.origin + rest))).status, server.requests.at(-1)?.split(" ")[1]]).toEqual([200, path]);
  });

  it("once, and to the same place: a redirect is an answer", async () => {
    const server = await serveBytes((socket) => socket.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
    const got = await wireTo(server.origin).send(sendingTo(`${server.origin}/`));
    expect([got.status, server.requests.length]).toEqual([302, 1]);
  });
});

describe("connections", () => {
  it("stay warm from one request to the next", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const wire = wireTo(server.origin, { now: () => 5 });
    const all = [];
    for (let i = 0; i < 4; i++) all.push(await wire.send(sendingTo(`${server.origin}/${i}`)));
    expect(all.map(({ isNewConnection }) => isNewConnection)).toEqual([true, false, false, false]);
    expect(all.map(({ connect }) => connect > 0)).toEqual([true, false, false, false]);
    expect(all.every(({ startedAt, wait, receive }) => startedAt >= 5 && startedAt < 1000 && wait > 0 && receive >= 0)).toBe(true);
    expect(server.sockets.length).toBe(1);
  });

  it("are as many as requests are under way, and kept", async () => {
    const waiting: (() => void)[] = [];
    const server = await serveBytes((socket) => {
      waiting.push(() => socket.write(ok));
      if (waiting.length === 4) for (const answer of waiting.splice(0)) answer();
    });
    const wire = wireTo(server.origin);
    for (const turn of [0, 1]) {
      const all = await Promise.all([0, 1, 2, 3].map((i) => wire.send(sendingTo(`${server.origin}/${turn}${i}`))));
      expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    }
    expect(server.sockets.length).toBe(4);
  });

  it("do not wait for one that never comes about", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const wire = wireTo(server.origin, { timeout: 2_000 });
    await wire.send(sendingTo(`${server.origin}/first`));
    const [one, two, three] = await Promise.all([
      wire.send(sendingTo(`${server.origin}/1`)),
      wire.send(sendingTo(`${server.origin}/2`), AbortSignal.abort()),
      wire.send(sendingTo(`${server.origin}/ 3`)),
    ]);
    expect([one.status, two.status, three.status]).toEqual([200, 0, 0]);
    expect(server.requests.length).toBe(2);
  });

  it("that the server closed between two requests are opened anew, and nothing is lost", async () => {
    const server = await serveBytes((socket) => socket.end(ok));
    const wire = wireTo(server.origin);
    for (let i = 0; i < 3; i++) {
      const got = await wire.send(sendingTo(`${server.origin}/${i}`, { method: "POST" }));
      expect(got).toMatchObject({ status: 200, failure: undefined, isNewConnection: true });
      await new Promise((resolve) => (server.sockets[i]?.destroyed ? resolve(undefined) : server.sockets[i]?.on("close", resolve)));
    }
    expect(server.requests.length).toBe(3);
  });

  it("that the server closes as a request comes are told, and the request is not sent again", async () => {
    const server = await serveBytes((socket, _, index) => (index === 1 ? socket.destroy() : socket.write(ok)));
    const wire = wireTo(server.origin);
    await wire.send(sendingTo(`${server.origin}/`));
    const lost = await wire.send(sendingTo(`${server.origin}/`));
    expect(lost).toMatchObject({
      status: 0,
      isStale: true,
      failure: "the connection, kept from the request before, was closed before the answer",
    });
    expect(server.requests.length).toBe(2);
    expect(await wire.send(sendingTo(`${server.origin}/`))).toMatchObject({ status: 200, isNewConnection: true });
  });

  it("are gone after close, and nothing is sent any more", async () => {
    const server = await serveBytes((socket, _, index) => index === 0 && socket.write(ok));
    const wire = wireTo(server.origin);
    await wire.send(sendingTo(`${server.origin}/`));
    const closed = new Promise((resolve) => server.sockets[0]?.on("close", resolve));
    const pending = wire.send(sendingTo(`${server.origin}/`));
    await wire.close();
    expect((await pending).failure).toBe("the connection was closed before the answer had come");
    await closed;
    expect((await wire.send(sendingTo(`${server.origin}/`))).failure).toBe("the connection is closed");
    await wire.close();
  });
});
