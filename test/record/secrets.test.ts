import { createServer } from "node:http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { audit } from "../../src/audit.ts";
import { maskShapes } from "../../src/record/mask-shapes.ts";
import { secretShapes } from "../../src/syntax/secret-shapes.ts";
import { listen } from "../probe/wire/kit.ts";
import { fieldOf, recordWhile } from "./kit.ts";

const alice = "sk_test_9Qm3vT0xk9LrWz2u";
const bob = "sk_test_1AbcD2efGh3ijKl4m";

/** A server that repeats all that it is told, and hands out a key. */
async function serveEcho(status = 200): Promise<string> {
  const server = createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => {
      body += chunk;
    });
    req.on("end", () => {
      res.writeHead(status, {
        "Content-Type": "application/json",
        "Set-Cookie": "sid=c00kie-0f-a-session-77; Path=/",
        "X-Auth-Token": "t0ken-in-an-answer-31",
        Location: "/cb?access_token=l0cation-t0ken-55",
      });
      if (req.url === "/keys") return res.end(JSON.stringify({ id: 1, key: bob, coded: Buffer.from(bob).toString("base64") }));
      return res.end(JSON.stringify({ url: req.url, headers: req.rawHeaders, body }));
    });
  });
  return (await listen(server)).origin;
}

describe("no secret is in the recording or the report", () => {
  it.each([200, 400])("of an exchange that ends with %d", async (status) => {
    const target = await serveEcho(status);
    const secrets = [
      alice,
      bob,
      "p4ssw0rd-0f-alice",
      "qu3ry-t0ken-88",
      "x-k3y-v4lue-12",
      "c00kie-0f-a-session-77",
      "t0ken-in-an-answer-31",
      "l0cation-t0ken-55",
      "hunter2-99",
      "f0rm-s3cret-4",
    ];
    const { text, report } = await recordWhile(target, async (address) => {
      // The key is handed out before it is anybody's credential.
      await (await fetch(`${address}/keys`)).text();
      await (
        await fetch(`${address}/a?api_key=qu3ry-t0ken-88&page=2`, {
          method: "POST",
          headers: { Authorization: `Bearer ${alice}`, "X-Api-Key": "x-k3y-v4lue-12", Cookie: "sid=c00kie-0f-a-session-77; lang=en" },
          body: JSON.stringify({ user: "alice", password: "hunter2-99" }),
        })
      ).text();
      await (
        await fetch(`${address}/b`, {
          method: "POST",
          headers: {
            Authorization: `Basic ${Buffer.from("alice:p4ssw0rd-0f-alice").toString("base64")}`,
            "Content-Type": "application/x-www-form-urlencoded",
          },
          body: "a=1&client_secret=f0rm-s3cret-4",
        })
      ).text();
      await (await fetch(`${address}/c`, { headers: { Authorization: `Bearer ${bob}` } })).text();
      await (await fetch(`${address}/d?q=${alice}`)).text();
    });
    const told = text + JSON.stringify(report);
    for (const secret of secrets)
      for (const form of [
        secret,
        secret.toUpperCase(),
        encodeURIComponent(secret),
        Buffer.from(secret).toString("base64").replace(/=+$/, ""),
        Buffer.from(secret).toString("hex"),
      ])
        expect(told).not.toContain(form);
    expect(text).toContain("page=2");
  });
});

describe("accounts", () => {
  it("are told apart, and known again, by tokens that keep the scheme", async () => {
    const target = await serveEcho();
    const { entries, report } = await recordWhile(target, async (address) => {
      for (const credential of [`Bearer ${alice}`, `Bearer ${bob}`, `Bearer ${alice}`, "Bearer invalid", undefined])
        await (await fetch(address, credential === undefined ? {} : { headers: { Authorization: credential } })).text();
    });
    expect(entries.map(({ request }) => fieldOf(request.headers, "authorization"))).toEqual([
      "Bearer <account:a>",
      "Bearer <account:b>",
      "Bearer <account:a>",
      "Bearer <account:c>",
      undefined,
    ]);
    expect(report.seen.judged).toBe(5);
  });

  it("whose credential is a plain word do not take that word out of what the server says", async () => {
    const server = createServer((_, res) => {
      res.writeHead(401, { "Content-Type": "application/json", "WWW-Authenticate": 'Bearer error="invalid_token"' });
      res.end('{"type":"error","error":{"type":"invalid_request_error","message":"invalid"}}');
    });
    const { entries } = await recordWhile((await listen(server)).origin, async (address) => {
      for (const word of ["invalid", "invalid_token", "test-token-1", "12345678"])
        await (await fetch(address, { headers: { Authorization: `Bearer ${word}` } })).text();
    });
    for (const { response } of entries) {
      expect(response.content.text).toBe('{"type":"error","error":{"type":"invalid_request_error","message":"invalid"}}');
      expect(fieldOf(response.headers, "www-authenticate")).toBe('Bearer error="invalid_token"');
    }
  });
});

describe("a server that leaks", () => {
  it("is found out, though the recording holds another secret of that kind", async () => {
    const [leaked, at] = [`sk_live_${"4eC39HqLyjWDarjtT1zdp7dc"}`, "/v1/courses/crs_1"];
    const server = createServer((_, res) => {
      res.writeHead(500, { "Content-Type": "application/json" });
      res.end(
        JSON.stringify({
          type: "error",
          error: { type: "api_error", message: `no charge with ${leaked} at postgres://app:Zw81xKp0vT@db/prod` },
        }),
      );
    });
    const { text, report } = await recordWhile((await listen(server)).origin, async (address) => {
      await (await fetch(address + at)).text();
    });
    expect(report.findings.map(({ rule }) => rule)).toContain("disclosure/secret-echoed");
    expect(text + JSON.stringify(report)).not.toMatch(new RegExp(`${leaked}|Zw81xKp0vT`));
  });
});

describe("shapes of secrets", () => {
  it.each(secretShapes.map((shape) => [shape.id, shape] as const))(
    "%s: nothing of it is left, and JSON stays JSON",
    (_, { example, whole, wide }) => {
      const secret = example.join("");
      // Another one of the same shape: its digits are other digits.
      const varied = secret.slice(0, 12) + secret.slice(12).replace(/\d/g, (digit) => String((Number(digit) + 3) % 10));
      const shaped = JSON.stringify(varied.match(wide)?.[0]).slice(1, -1);
      const json = JSON.stringify({ message: `see ${varied} here`, other: 1 });
      for (const isTold of [false, true]) {
        const clean = maskShapes(json, () => "<masked:1>", { isTold });
        expect(clean).not.toBe(json);
        expect(clean).not.toContain(shaped);
        expect(maskShapes(clean, () => "<masked:2>", { isTold })).toBe(clean);
        if (isTold && whole !== undefined && !whole.source.includes("PRIVATE KEY")) expect(JSON.parse(clean).message).toMatch(whole);
      }
    },
  );

  it("texts without any stay as they are", () => {
    fc.assert(fc.property(fc.lorem({ maxCount: 20 }), (text) => maskShapes(text, () => "x", { isTold: true }) === text));
  });
});

describe("a recording", () => {
  it("gives an audit what `record` found", async () => {
    const { mkdtemp, rm, readFile } = await import("node:fs/promises");
    const { tmpdir } = await import("node:os");
    const { join } = await import("node:path");
    const folder = await mkdtemp(join(tmpdir(), "envelint-same-"));
    try {
      const target = await serveEcho(429);
      const { record } = await import("../../src/record.ts");
      const { report } = await record({
        target,
        record: "run.har",
        cwd: folder,
        command: async (address) => {
          for (const key of [alice, bob, alice])
            await (await fetch(`${address}/v1/courses/crs_1`, { headers: { Authorization: `Bearer ${key}` } })).text();
        },
      });
      const again = await audit("run.har", { cwd: folder, servers: target, subjects: ["server"] });
      expect(report.findings.length).toBeGreaterThan(0);
      expect(again.findings).toEqual(report.findings);
      expect(again.coverage).toEqual(report.coverage);
      expect(report.command).toBe("record");
      expect(await readFile(join(folder, "run.har"), "utf8")).not.toContain(alice);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
