import { createServer } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../probe/wire/kit.ts";
import { type Certificate, hasOpenssl, makeCertificate } from "./certificates.ts";
import { fieldOf, recordWhile } from "./kit.ts";

let own: Certificate;
beforeAll(() => {
  if (hasOpenssl()) own = makeCertificate("IP:127.0.0.1,DNS:localhost");
});
afterAll(() => own?.remove());

async function serve(): Promise<string> {
  const server = createServer({ key: own.key, cert: own.cert }, (req, res) => {
    const origin = `https://${req.headers.host}`;
    res.writeHead(303, {
      "Content-Type": "text/plain",
      Location: `${origin}/next?a=1`,
      "Set-Cookie": ["sid=s3cr3tv4lue99; Domain=localhost; Path=/; Secure; HttpOnly", "theme=dark; Domain=other.example; SameSite=Lax"],
    });
    res.end(origin);
  });
  return (await listen(server)).origin.replace("http:", "https:").replace("127.0.0.1", "localhost");
}

describe.skipIf(!hasOpenssl())("an https target (certificates are made by openssl, which is not installed where this is skipped)", () => {
  it("is asked through TLS, its certificate trusted by a file or because it is told so", async () => {
    const target = await serve();
    for (const trust of [{ ca: own.file }, { insecure: true }]) {
      const { entries } = await recordWhile(
        target,
        async (address) => {
          expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
          expect(await (await fetch(`${address}/x`, { redirect: "manual" })).text()).toBe(target);
        },
        trust,
      );
      expect(entries.map(({ request, response }) => [request.url, response.status])).toEqual([[`${target}/x`, 303]]);
      expect(entries[0]?.timings.connect).toBeGreaterThan(0);
    }
  });

  it("is no answer where its certificate is not trusted", async () => {
    const target = await serve();
    const { entries } = await recordWhile(target, async (address) => {
      const got = await fetch(address);
      expect([got.status, await got.text()]).toEqual([
        502,
        `envelint record: no answer from ${target}: certificate: it is signed by itself\n`,
      ]);
    });
    expect(entries[0]?._error).toBe("certificate: it is signed by itself");
  });

  it("leads its client nowhere else: a Location at the target, and cookies for it, are the proxy's to the client alone", async () => {
    const target = await serve();
    const { entries } = await recordWhile(
      target,
      async (address) => {
        const { headers } = await fetch(address, { redirect: "manual" });
        expect(headers.get("location")).toBe(`${address}/next?a=1`);
        expect(headers.getSetCookie()).toEqual(["sid=s3cr3tv4lue99; Path=/; HttpOnly", "theme=dark; Domain=other.example; SameSite=Lax"]);
      },
      { insecure: true },
    );
    const headers = entries[0]?.response.headers ?? [];
    expect(fieldOf(headers, "location")).toBe(`${target}/next?a=1`);
    expect(fieldOf(headers, "set-cookie")).toBe("sid=<cookie:1>; Domain=localhost; Path=/; Secure; HttpOnly");
  });
});
