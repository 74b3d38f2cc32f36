import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type TlsOptions } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WireOptions } from "../../../src/probe/wire/wire.ts";
import { closeLater, listen, sendingTo, serveBytes, wireTo } from "./kit.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "envelint-tls-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A key and a certificate that is signed by itself. */
function certify(name: string, subject: string, ...more: string[]): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const how = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert];
  execFileSync("openssl", [...how, "-subj", "/CN=envelint test", "-addext", `subjectAltName=${subject}`, "-days", "2", ...more], {
    stdio: "ignore",
  });
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}

async function serveTls(options: TlsOptions): Promise<string> {
  const server = createServer(options, (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => socket.write(ok));
  });
  server.on("tlsClientError", () => undefined);
  return (await listen(server)).origin.replace("http:", "https:");
}

async function ask(origin: string, options: Partial<WireOptions> = {}) {
  const got = await wireTo(origin, options).send(sendingTo(`${origin}/`));
  return [got.status, got.failure];
}

describe.skipIf(!hasOpenssl)("TLS (certificates are made by openssl, which is not installed where this is skipped)", () => {
  it("takes a certificate that is trusted, or any where that is allowed, and names what is wrong with another", async () => {
    const own = certify("own", "IP:127.0.0.1");
    const origin = await serveTls(own);
    expect(await ask(origin, { ca: own.cert })).toEqual([200, undefined]);
    expect(await ask(origin, { insecure: true })).toEqual([200, undefined]);
    expect(await ask(origin)).toEqual([0, "certificate: it is signed by itself"]);
    const other = certify("other", "DNS:other.example");
    expect(await ask(await serveTls(other), { ca: other.cert })).toEqual([0, "certificate: it is for another host"]);
  });

  it("stays warm", async () => {
    const own = certify("warm", "IP:127.0.0.1");
    const origin = await serveTls(own);
    const wire = wireTo(origin, { ca: own.cert });
    expect((await wire.send(sendingTo(`${origin}/`))).isNewConnection).toBe(true);
    expect((await wire.send(sendingTo(`${origin}/`))).isNewConnection).toBe(false);
  });

  it("shows a client's certificate where the server asks for one", async () => {
    const own = certify("server", "IP:127.0.0.1");
    const client = certify("client", "DNS:client.example");
    const origin = await serveTls({ ...own, requestCert: true, rejectUnauthorized: true, ca: client.cert });
    expect(await ask(origin, { ca: own.cert, cert: client.cert, key: client.key })).toEqual([200, undefined]);
    const [status, failure] = await ask(origin, { ca: own.cert });
    expect(status).toBe(0);
    expect(failure).toMatch(/^TLS: the server wants a client's certificate$|^the connection was (?:reset|closed)/);
  });

  it("tells where the other side speaks none", async () => {
    const { origin } = await serveBytes(() => undefined);
    const server = createHttpServer((_, response) => response.end("plain"));
    await listen(server);
    const secure = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await ask(secure)).toEqual([0, "TLS: the server does not speak it on this port"]);
    expect(origin).toMatch(/^http:/);
  });

  it("goes through a proxy", async () => {
    const own = certify("behind", "IP:127.0.0.1");
    const origin = await serveTls(own);
    const proxy = await serveProxy();
    expect(await ask(origin, { ca: own.cert, proxy: proxy.url })).toEqual([200, undefined]);
    expect(proxy.asked).toEqual([new URL(origin).host]);
  });
});

/** An HTTP proxy that makes tunnels; `allow` decides which. */
async function serveProxy(allow: (authorization: string | undefined) => boolean | Promise<boolean> = () => true) {
  const asked: string[] = [];
  const server = createHttpServer();
  server.on("connect", async (request, socket) => {
    asked.push(request.url ?? "");
    socket.on("error", () => undefined);
    if (!(await allow(request.headers["proxy-authorization"])))
      return socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    const [host, port] = (request.url ?? "").split(":");
    const through = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    through.on("error", () => socket.destroy());
    closeLater(() => through.destroy());
  });
  return { url: (await listen(server)).origin, asked };
}

describe("a proxy", () => {
  it("carries each request through a tunnel of its own connection", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const proxy = await serveProxy();
    const wire = wireTo(server.origin, { proxy: proxy.url });
    for (const isNewConnection of [true, false])
      expect(
        await wire.send(
          sendingTo(`${server.origin}/x`, {
            headers: [
              ["A", "1"],
              ["A", "2"],
            ],
          }),
        ),
      ).toMatchObject({ status: 200, isNewConnection });
    expect(proxy.asked).toEqual([new URL(server.origin).host]);
    expect(server.requests[0]).toMatch(/A: 1\r\nA: 2\r\n/);
  });

  it("is told the user that its URL names, and what it refuses is told", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const proxy = await serveProxy((authorization) => authorization === `Basic ${Buffer.from("me:p@ss").toString("base64")}`);
    expect(await ask(server.origin, { proxy: proxy.url.replace("//", "//me:p%40ss@") })).toEqual([200, undefined]);
    expect(await ask(server.origin, { proxy: proxy.url })).toEqual([0, "the proxy answered 407 to CONNECT"]);
    expect(server.requests.length).toBe(1);
  });

  it("shows that what is sent at once goes out together: the warm connection waits for the new one", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const before: number[] = [];
    const proxy = await serveProxy(async () => {
      // Time enough for a request that would not wait.
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      before.push(server.requests.length);
      return true;
    });
    const wire = wireTo(server.origin, { proxy: proxy.url });
    await wire.send(sendingTo(`${server.origin}/first`));
    const all = await Promise.all([1, 2, 3].map((i) => wire.send(sendingTo(`${server.origin}/${i}`))));
    expect(all.map(({ status, isNewConnection }) => [status, isNewConnection])).toEqual([
      [200, false],
      [200, true],
      [200, true],
    ]);
    expect(before).toEqual([0, 1, 1]);
  });

  it("that is not there, or never answers, is told", async () => {
    const server = await serveBytes((socket) => socket.write(ok));
    const gone = createHttpServer();
    const { origin } = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
    expect(await ask(server.origin, { proxy: origin })).toEqual([0, "the proxy cannot be used: connection refused"]);
    const silent = await serveBytes(() => undefined);
    expect(await ask(server.origin, { proxy: silent.origin, timeout: 120 })).toEqual([0, "no answer within 0.12 s"]);
    expect(server.requests).toEqual([]);
  });
});
