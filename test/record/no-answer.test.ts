import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { describe, expect, it } from "vitest";
import { closeLater, listen, serveBytes } from "../probe/wire/kit.ts";
import { type Certificate, hasOpenssl, makeCertificate } from "./certificates.ts";
import { dial, get, recordWhile, unusedOrigin } from "./kit.ts";

const nothing = "The server answered no request: there is nothing to judge.";

/** Asks without caring for answers. */
async function ask(address: string, ...requests: readonly string[]): Promise<void> {
  for (const request of requests) {
    const [method = "", path = ""] = request.split(" ");
    await (await fetch(`${new URL(address).origin}${path}`, { method, headers: { Authorization: "Bearer s3cr3t-k3y-0123456789" } })).text();
  }
}

describe("where no request got an answer the report tells why", () => {
  it("no connection", async () => {
    const gone = await unusedOrigin();
    const { report } = await recordWhile(gone, (address) => ask(address, "GET /a?q=1", "POST /b", "GET /a", "GET /c", "PUT /d", "GET /e"));
    expect(report.unjudged).toEqual([nothing, "6 requests got no answer: connection refused (GET /a, POST /b, GET /c and 2 more)."]);
    expect(report.remarks).toEqual([]);
  });

  it("https to a server of http", async () => {
    const { origin } = await listen(createHttp((_, res) => res.end("ok")));
    const { report } = await recordWhile(`${origin.replace("http:", "https:")}/base`, (address) => ask(address, "GET /base/x"));
    expect(report.unjudged[1]).toBe(
      `1 request got no answer: TLS: the server does not speak it on this port (GET /base/x). If it speaks plain HTTP there: --target ${origin}/base.`,
    );
  });

  it("http to a server that speaks TLS, and says so by an alert", async () => {
    const server = await serveBytes((socket) => socket.end("\x15\x03\x01\0\x02\x02\x46"));
    const { report } = await recordWhile(server.origin, (address) => ask(address, "GET /"));
    expect(report.unjudged[1]).toBe(
      `1 request got no answer: not HTTP: the server speaks TLS on this port (GET /). It is --target ${server.origin.replace("http:", "https:")}.`,
    );
  });

  describe.skipIf(!hasOpenssl())("(certificates are made by openssl, which is not installed where this is skipped)", () => {
    it("a certificate that is signed by itself", async () => {
      const { report } = await recordWhile(await serveTls(), (address) => ask(address, "GET /", "GET /", "GET /"));
      expect(report.unjudged[1]).toBe(
        "3 requests got no answer: certificate: it is signed by itself (GET /). --ca FILE trusts it, or those who issue such; --insecure takes any.",
      );
    });

    it("a certificate for another host", async () => {
      const own = certificate("other.example");
      const target = await serveTls(own);
      const { report } = await recordWhile(target, (address) => ask(address, "GET /"), { ca: own.file });
      expect(report.unjudged[1]).toBe(
        "1 request got no answer: certificate: it is for another host (GET /). Name the host that it is for in --target; --insecure takes any.",
      );
    });

    it("http to a server of https, which closes the connection", async () => {
      const target = (await serveTls()).replace("https:", "http:");
      const { report } = await recordWhile(target, (address) => ask(address, "GET /"));
      expect(report.unjudged[1]).toBe(
        `1 request got no answer: the connection was reset or closed before the answer (GET /). If it speaks TLS there: --target ${target.replace("http:", "https:")}.`,
      );
    });
  });

  it("a few causes, the rest as a number", async () => {
    const answers = [
      "SSH-2.0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: a\r\n\r\n",
      "",
      "HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
    ];
    const odd = await serveBytes((socket, _, at) => socket.end(answers[at] ?? ""));
    const { report } = await recordWhile(odd.origin, (address) => ask(address, ...answers.map((_, at) => `POST /${at}`)));
    expect(report.unjudged.length).toBe(6);
    expect(report.unjudged[5]).toBe("2 requests more for other reasons; --record FILE keeps each, with its _error.");
  });
});

describe("where some requests got no answer", () => {
  it("that a server which was up did not give, the run is not judged whole: which, and why; nobody is blamed", async () => {
    const server = createHttp((req, res) => {
      if (req.url === "/v1/drop") req.socket.destroy();
      else res.end("ok");
    });
    const { origin } = await listen(server);
    const { report } = await recordWhile(
      origin,
      async (address) => {
        await ask(address, "GET /v1/a", "POST /v1/drop");
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await ask(address, "GET /v1/a", "GET /v1/b");
      },
      { failOn: "never" },
    );
    expect(report.unjudged.slice(-2)).toEqual([
      expect.stringMatching(/^1 request got no answer: the connection.* closed before the answer \(POST \/v1\/drop\)\.$/),
      "2 requests got no answer: connection refused (GET /v1/a, GET /v1/b).",
    ]);
    expect([report.remarks, report.verdict]).toEqual([[], "unjudged"]);
    expect(report.seen.notJudged).toEqual({ "no-response": 3 });
    expect(report.findings).toEqual([]);
  });

  it("before the server was up, a remark tells it", async () => {
    const origin = await unusedOrigin();
    const server = createHttp((_, res) => res.writeHead(404).end("{}"));
    const { report } = await recordWhile(origin, async (address) => {
      await ask(address, "GET /ready");
      await new Promise<void>((resolve) => server.listen(Number(new URL(origin).port), "127.0.0.1", resolve));
      await ask(address, "GET /ready");
    });
    closeLater(() => server.close());
    expect(report.remarks).toEqual(["1 request got no answer: connection refused (GET /ready)."]);
  });

  it("an answer that came in part is told too", async () => {
    const server = await serveBytes((socket) => socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 50\r\n\r\n{"));
    const { report } = await recordWhile(server.origin, async (_, port) => void (await dial(port, get("/x")).end()));
    expect(report.remarks).toEqual(["1 answer cannot be judged: the connection was reset or closed within the answer (GET /x)."]);
  });

  it("no secret and no endless path is told", async () => {
    const gone = await unusedOrigin();
    const { report } = await recordWhile(gone, (address) =>
      ask(address, `GET /${"x".repeat(200)}`, "GET /by/s3cr3t-k3y-0123456789?token=s3cr3t-k3y-0123456789"),
    );
    expect(report.unjudged[1]).toMatch(/\(GET \/x{58}…, GET \/by\/%3Caccount%3Aa%3E\)\.$/);
  });

  it("what was open at the end is told once", async () => {
    const server = await serveBytes(() => undefined);
    const { report } = await recordWhile(server.origin, async (_, port) => {
      dial(port, get("/"));
      await new Promise<void>((resolve) => {
        const look = () => (server.requests.length > 0 ? resolve() : setImmediate(look));
        look();
      });
    });
    expect(report.unjudged).toEqual([nothing]);
    expect(report.remarks).toEqual(["1 request was still open when the command had ended, and was broken off."]);
  });
});

async function serveTls(own = certificate("localhost")): Promise<string> {
  const { port } = await listen(createHttps({ key: own.key, cert: own.cert }, (_, res) => res.end("ok")));
  return `https://localhost:${port}`;
}

/** Gone after the test. */
function certificate(host: string): Certificate {
  const own = makeCertificate(`DNS:${host}`);
  closeLater(() => own.remove());
  return own;
}
