import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { showEvidence } from "../../src/engine/evidence.ts";
import { maskSecrets, secretsOf } from "../../src/engine/mask.ts";
import { makeExchange } from "../kit/exchange.ts";

const credentials = [{ header: "Authorization" }, { query: "token" }] as const;

describe("maskSecrets", () => {
  it.each([
    ["Authorization: Bearer abcdef123456", "Authorization: Bearer [masked]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "[masked]"],
    ["key sk_live_4eC39HqLyjWDarjtT1zdp7dc is bad", "key [masked] is bad"],
    ["https://u:p4ss@host/x?api_key=abc&b=1", "https://[masked]@host/x?api_key=[masked]&b=1"],
    ['{"password": "hunter2", "a": 1}', '{"password": "[masked]", "a": 1}'],
    ["AKIAIOSFODNN7EXAMPLE", "[masked]"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "[masked]"],
  ])("%s", (text, clean) => {
    expect(maskSecrets(text, [])).toBe(clean);
  });

  it("leaves plain words alone", () => {
    const text = "The token bucket is empty; the key idempotency_key_required is a code.";
    expect(maskSecrets(text, [])).toBe(text);
  });
});

describe("showEvidence", () => {
  it("never shows a credential of the request, wherever the place is and whatever the answer echoes", () => {
    const secret = fc.string({ unit: fc.constantFrom(..."abcdefghijkXYZ0123456789-._~"), minLength: 8, maxLength: 60 });
    const place = fc.constantFrom(
      { kind: "exchange" } as const,
      { kind: "url" } as const,
      { kind: "status" } as const,
      { kind: "header", name: "authorization", of: "request" } as const,
      { kind: "header", name: "x-echo" } as const,
      { kind: "body", pointer: "" } as const,
      { kind: "body", pointer: "/message" } as const,
      { kind: "body", pointer: "/missing" } as const,
    );
    fc.assert(
      fc.property(secret, place, fc.nat(600), (key, at, padding) => {
        const exchange = makeExchange({
          url: `https://api.example.com/v1/courses/c_1?token=${encodeURIComponent(key)}`,
          requestHeaders: { authorization: `Bearer ${key}`, cookie: `sid=${key}` },
          status: 401,
          headers: { "x-echo": `you sent ${key}`, "set-cookie": `a=${key}` },
          body: { pad: "x".repeat(padding), message: `The key ${key} is unknown`, more: key },
        });
        expect(showEvidence(exchange, at, credentials)).not.toContain(key);
      }),
      { numRuns: 300 },
    );
  });

  it("marks the place and keeps to one short line", () => {
    const exchange = makeExchange({ status: 404, body: { detail: { error: { type: "not_found", message: "gone\nfor good" } } } });
    expect(showEvidence(exchange, { kind: "body", pointer: "/detail/error/type" }, credentials)).toBe(
      '{"detail":{"error":{"type":⟦"not_found"⟧,"message":"gone\\nfor good"}}}',
    );
    const huge = makeExchange({ status: 404, body: `{"message":"${"x".repeat(5_000_000)}"}` });
    expect(showEvidence(huge, { kind: "body", pointer: "/message" }, credentials).length).toBeLessThan(400);
  });
});

describe("what is cut", () => {
  const long = Array.from({ length: 75 }, (_, n) => `Zq${n}x-Kp.`)
    .join("")
    .slice(0, 600);
  const jwt = `eyJhbGciOiJIUzI1NiJ9.${"QWxhZGRpbjpvcGVuc2VzYW1l".repeat(30)}.c2lnbmF0dXJlLWhlcmU`;
  const place = { kind: "body", pointer: "/error/type" } as const;
  const shown = (body: unknown, at: Parameters<typeof showEvidence>[1] = place, key = long) =>
    showEvidence(
      makeExchange({ status: 400, requestHeaders: { authorization: `Bearer ${key}` }, body: JSON.stringify(body) }),
      at,
      credentials,
    );
  const pieces = (secret: string) => Array.from({ length: Math.floor(secret.length / 12) }, (_, n) => secret.slice(n * 12, n * 12 + 12));

  it.each([
    ["the request's own, before the place", shown({ error: { debug: long, type: "wrong" } }), long],
    ["the request's own, behind the place", shown({ error: { type: "wrong", debug: long } }), long],
    ["the request's own, as the place", shown({ error: { type: long } }), long],
    ["the request's own, in a text that is no JSON", shown(`${"x ".repeat(300)}${long}`, { kind: "body", pointer: "" }), long],
    ["another's, before the place", shown({ error: { debug: jwt, type: "wrong" } }), jwt],
    ["another's, behind the place", shown({ error: { type: "wrong", debug: jwt } }), jwt],
    [
      "a private key, before the place",
      shown({
        error: { debug: `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkqhkiG9w0B\n".repeat(40)}-----END PRIVATE KEY-----`, type: "x" },
      }),
      "MIIEvQIBADANBgkqhkiG9w0B",
    ],
    [
      "a member's value that its name tells",
      shown({ error: { type: "x", access_token: "opaquesecretvalue99" } }, { kind: "body", pointer: "/error/access_token" }),
      "opaquesecretvalue99",
    ],
  ])("%s", (_, text, secret) => {
    for (const piece of pieces(secret)) expect(text).not.toContain(piece);
  });

  it("is found in the forms in which a server may echo it", () => {
    const key = "ab/cd+ef=gh:ij";
    const forms = [encodeURIComponent(key), key.replaceAll("/", "\\/"), Buffer.from(key).toString("base64").replace(/=+$/, "")];
    for (const form of forms) {
      const exchange = makeExchange({ status: 400, requestHeaders: { "x-access-token": key }, body: `{"message":"${form}"}` });
      expect(showEvidence(exchange, { kind: "body", pointer: "/message" }, credentials)).not.toContain(form);
    }
    const basic = Buffer.from("alice:hunter2secret").toString("base64");
    const exchange = makeExchange({
      status: 400,
      requestHeaders: { authorization: `Basic ${basic}` },
      body: { message: "hunter2secret is wrong" },
    });
    expect(showEvidence(exchange, { kind: "body", pointer: "/message" }, credentials)).not.toContain("hunter2secret");
  });
});

describe("secretsOf", () => {
  it("takes the parts of a credential, so that an answer echoing one of them is masked too", () => {
    const exchange = makeExchange({ requestHeaders: { authorization: "Bearer abcdefgh", cookie: "sid=verysecret; theme=dark" } });
    expect(secretsOf(exchange, credentials)).toEqual(expect.arrayContaining(["abcdefgh", "verysecret"]));
  });
});
