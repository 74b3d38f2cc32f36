import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../probe/wire/kit.ts";
import { fieldOf, recordWhile } from "./kit.ts";

const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

let folder: string;
let key: string;
let cert: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "envelint-tls-"));
  if (!hasOpenssl) return;
  const how = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const files = ["-keyout", join(folder, "own.key"), "-out", join(folder, "own.pem")];
  execFileSync("openssl", [...how, ...files, "-subj", "/CN=envelint test", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"], {
    stdio: "ignore",
  });
  [key, cert] = [readFileSync(join(folder, "own.key"), "utf8"), readFileSync(join(folder, "own.pem"), "utf8")];
});
afterAll(() => rmSync(folder, { recursive: true }));

async function serve(): Promise<string> {
  const server = createServer({ key, cert }, (req, res) => {
    const own = `https://${req.headers.host}`;
    res.writeHead(303, {
      "Content-Type": "text/plain",
      Location: `${own}/next?a=1`,
      "Set-Cookie": ["sid=s3cr3tv4lue99; Domain=localhost; Path=/; Secure; HttpOnly", "theme=dark; Domain=other.example; SameSite=Lax"],
    });
    res.end(own);
  });
  return (await listen(server)).origin.replace("http:", "https:").replace("127.0.0.1", "localhost");
}

describe.skipIf(!hasOpenssl)("an https target (certificates are made by openssl, which is not installed where this is skipped)", () => {
  it("is asked through TLS, its certificate trusted by a file or because it is told so", async () => {
    const target = await serve();
    for (const trust of [{ ca: join(folder, "own.pem") }, { insecure: true }]) {
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
