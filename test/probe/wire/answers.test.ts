import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sendingTo, serveBytes, wireTo } from "./kit.ts";

/** What comes back where a server answers with these bytes. */
async function receive(bytes: string | Buffer, change: Parameters<typeof sendingTo>[1] & { limit?: number } = {}) {
  const server = await serveBytes((socket) => socket.write(bytes));
  const { limit, ...rest } = change;
  return wireTo(server.origin, { ...(limit && { body: limit }) }).send(sendingTo(`${server.origin}/`, rest));
}

const text = (body: Uint8Array) => Buffer.from(body).toString();

describe("an answer comes as it was sent", () => {
  it("with names in their case, repeats in their order, the reason and the version", async () => {
    const got = await receive(
      "HTTP/1.0 404 Nope, not here\r\nX-B: 2\r\nset-Cookie: a=1\r\nSET-COOKIE: b=2\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nno",
    );
    expect(got).toMatchObject({ status: 404, reason: "Nope, not here", httpVersion: "HTTP/1.0", failure: undefined, isCut: false });
    expect(got.headers).toEqual([
      ["X-B", "2"],
      ["set-Cookie", "a=1"],
      ["SET-COOKIE", "b=2"],
      ["Content-Length", "2"],
      ["Connection", "keep-alive"],
    ]);
    expect(text(got.body)).toBe("no");
  });

  it("in whatever pieces", async () => {
    const whole = "HTTP/1.1 404 Not Found\r\nX-A: one\r\nX-B: two\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
    let pieces: readonly string[] = [];
    const server = await serveBytes((socket) => {
      // The next round begins before the last piece of this one is known to have gone out.
      const own = pieces;
      const send = (index: number): unknown =>
        index < own.length && socket.write(own[index] ?? "", () => setImmediate(() => send(index + 1)));
      send(0);
    });
    const wire = wireTo(server.origin);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length), { maxLength: 6 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        pieces = at
          .slice(1)
          .map((end, index) => whole.slice(at[index], end))
          .filter((piece) => piece !== "");
        const got = await wire.send(sendingTo(`${server.origin}/`));
        expect([got.status, got.reason, got.httpVersion, text(got.body), got.failure]).toEqual([
          404,
          "Not Found",
          "HTTP/1.1",
          "abcdefg",
          undefined,
        ]);
        expect(got.headers.slice(0, 2)).toEqual([
          ["X-A", "one"],
          ["X-B", "two"],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it("with bytes beyond ASCII in a field as Latin-1", async () => {
    const got = await receive(Buffer.from("HTTP/1.1 200 OK\r\nX-Name: Gr\xfc\xdfe\r\nContent-Length: 0\r\n\r\n", "latin1"));
    expect(got.headers[0]).toEqual(["X-Name", "Gr\u00fc\u00dfe"]);
  });

  it("in chunks, and until the connection is closed", async () => {
    expect(
      text((await receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nT: 1\r\n\r\n")).body),
    ).toBe("abcde");
    const server = await serveBytes((socket) => socket.end("HTTP/1.1 500 \r\n\r\nto the end"));
    const got = await wireTo(server.origin).send(sendingTo(`${server.origin}/`));
    expect([got.status, got.reason, text(got.body), got.failure, got.isCut]).toEqual([500, "", "to the end", undefined, false]);
  });

  it.each([999, 600, 299, 451, 426])("with status %i", async (status) => {
    const got = await receive(`HTTP/1.1 ${status} Odd\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 1\r\n\r\nx`);
    expect([got.status, text(got.body), got.failure]).toEqual([status, "x", undefined]);
  });

  it.each(["100 Continue", "102 Processing", "103 Early Hints"])("after an interim %s, asked for or not", async (interim) => {
    const server = await serveBytes((socket) => {
      socket.write(`HTTP/1.1 ${interim}\r\nX: 1\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n`);
      setImmediate(() => socket.write(`HTTP/1.1 ${interim}\r\n\r\nHTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n{}`));
    });
    const got = await wireTo(server.origin).send(sendingTo(`${server.origin}/`, { method: "POST", body: Buffer.from("{}") }));
    expect([got.status, got.reason, text(got.body), got.failure]).toEqual([409, "Conflict", "{}", undefined]);
  });

  it("with a 304 that tells the length of what it does not send", async () => {
    const got = await receive("HTTP/1.1 304 Not Modified\r\nContent-Length: 120\r\n\r\n");
    expect([got.status, got.body.length, got.failure, got.isCut]).toEqual([304, 0, undefined, false]);
  });

  it.each([
    ["HEAD", 404],
    ["GET", 204],
    ["DELETE", 304],
  ])("with what stands where no content may: %s, %i", async (method, status) => {
    const server = await serveBytes((socket, _, index) =>
      socket.write(
        index === 0 ? `HTTP/1.1 ${status} X\r\nContent-Length: 4\r\n\r\n{"a"` : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      ),
    );
    const wire = wireTo(server.origin);
    const got = await wire.send(sendingTo(`${server.origin}/`, { method }));
    expect([got.status, text(got.body), got.failure, got.isCut]).toEqual([status, '{"a"', undefined, false]);
    const next = await wire.send(sendingTo(`${server.origin}/`));
    expect([next.status, text(next.body), next.failure, next.isNewConnection]).toEqual([200, "ok", undefined, true]);
  });

  it("with nothing in answer to HEAD, on a connection that stays", async () => {
    const server = await serveBytes((socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n"));
    const wire = wireTo(server.origin);
    for (const isNewConnection of [true, false, false]) {
      const got = await wire.send(sendingTo(`${server.origin}/`, { method: "HEAD" }));
      expect(got).toMatchObject({ status: 200, failure: undefined, isCut: false, isNewConnection });
      expect(got.body.length).toBe(0);
    }
  });
});

describe("content is decoded", () => {
  const body = Buffer.from(JSON.stringify({ text: "x".repeat(5000) }));
  it.each([
    ["gzip", gzipSync(body)],
    ["x-gzip", gzipSync(body)],
    ["br", brotliCompressSync(body)],
    ["deflate", deflateSync(body)],
    ["deflate", deflateRawSync(body)],
    ["identity", body],
    ["gzip, br", brotliCompressSync(gzipSync(body))],
    ["GZIP", gzipSync(body)],
  ])("of %s", async (coding, coded) => {
    const got = await receive(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${coded.length}\r\n\r\n`), coded]),
    );
    expect([text(got.body), got.failure, got.isCut]).toEqual([body.toString(), undefined, false]);
  });

  it("never beyond the limit: a bomb is cut", async () => {
    const bomb = gzipSync(Buffer.alloc(50 << 20));
    const got = await receive(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`), bomb]),
      { limit: 100_000 },
    );
    expect([got.status, got.body.length, got.isCut, got.failure]).toEqual([200, 100_000, true, undefined]);
  });

  it("as far as it goes where the coded body is longer than the limit", async () => {
    const noise = Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255));
    const coded = gzipSync(noise);
    const got = await receive(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${coded.length}\r\n\r\n`), coded]),
      { limit: 2_000 },
    );
    expect([got.isCut, got.failure]).toEqual([true, undefined]);
    expect(got.body.length).toBeGreaterThan(0);
    expect(Buffer.from(got.body).equals(noise.subarray(0, got.body.length))).toBe(true);
  });

  it.each([
    ["gzip", Buffer.from("this is plain"), "the body is not the gzip that its Content-Encoding says", "this is plain"],
    ["br", Buffer.from("\xff\xff\xff plain", "latin1"), "the body is not the br that its Content-Encoding says", undefined],
    ["gzip", gzipSync(body).subarray(0, 30), "the body ends within its gzip", undefined],
    ["zstd", Buffer.from("unknown"), undefined, "unknown"],
  ])("or told: %s", async (coding, coded, failure, content) => {
    const got = await receive(
      Buffer.concat([Buffer.from(`HTTP/1.1 502 Bad\r\nContent-Encoding: ${coding}\r\nContent-Length: ${coded.length}\r\n\r\n`), coded]),
    );
    expect([got.status, got.failure]).toEqual([502, failure]);
    if (content !== undefined) expect(text(got.body)).toBe(content);
  });
});
