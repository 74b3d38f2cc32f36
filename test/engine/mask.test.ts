import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { showEvidence } from "../../src/engine/evidence.ts";
import { knownSecrets, secretsOf } from "../../src/engine/exchange-secrets.ts";
import { maskOf, maskSecrets } from "../../src/engine/mask.ts";
import { makeExchange } from "../kit/exchange.ts";

const credentials = [{ header: "Authorization" }, { query: "token" }] as const;

describe("maskSecrets", () => {
  it.each([
    ["Authorization: Bearer abcdef123456", "Authorization: Bearer [masked]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "[masked]"],
    ["key sk_live_4eC39HqLyjWDarjtT1zdp7dc is bad", "key [masked] is bad"],
    ["https://u:p4ss@host/x?api_key=abc&b=1", "https://[masked]@host/x?api_key=[masked]&b=1"],
    ['{"password": "hunter2", "a": 1}', '{"password": "[masked]", "a": 1}'],
    ['{"password": "ab\\"tail-of-it\\\\", "a": 1}', '{"password": "[masked]", "a": 1}'],
    ['"{\\"password\\":\\"ab\\\\\\"tail\\",\\"a\\":1}"', '"{\\"password\\":\\"[masked]\\",\\"a\\":1}"'],
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

  it("nor one of several clients that take turns", () => {
    const keys = ["key_aaaa1111", "key_bbbb2222", "key_aaaa1111", `key_${"c".repeat(3_000)}`, "key_bbbb2222"];
    for (const key of keys) {
      const exchange = makeExchange({ requestHeaders: { authorization: `Bearer ${key}` }, status: 401, body: { message: `No ${key}.` } });
      expect(showEvidence(exchange, { kind: "body", pointer: "/message" }, credentials)).toContain("No [masked]");
    }
  });

  it("nor what a parameter's name tells, where the contract knows no such credential", () => {
    const exchange = makeExchange({
      url: "https://api.example.com/v1/courses?access_token=Zq81%2BxKp0&page=courses",
      status: 403,
      body: { message: "Zq81+xKp0 may not list courses (Zq81%2BxKp0)" },
    });
    const shown = showEvidence(exchange, { kind: "body", pointer: "/message" }, []);
    expect(shown).toContain("[masked] may not list courses ([masked])");
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

describe("a secret that is escaped", () => {
  const key = "Zq81xKp0vT9xLw3m+N/";
  const url = (query: string) =>
    showEvidence(
      makeExchange({ url: `/v1/courses/c?${query}`, requestHeaders: { authorization: `Bearer ${key}` } }),
      { kind: "url" },
      credentials,
    );
  const everyPercent = [...key].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");

  it.each([
    ["a name with an escape", "access%5Ftoken=Hw72kfpq", "Hw72kfpq"],
    ["a name with an escaped letter", "%70assword=Hw72kfpq", "Hw72kfpq"],
    ["a name with a dash", "private-key=Hw72kfpq", "Hw72kfpq"],
    ["a name that is escaped twice", "%2570assword=Hw72kfpq", "Hw72kfpq"],
    ["a shape", "k=gh%70_9Qm3vT0xk9LrWz2uYpN6sD1f", "9Qm3vT0xk9Lr"],
    ["the request's own", `k=${everyPercent}`, everyPercent.slice(0, 30)],
    ["the request's own, a letter of it", "k=Z%71 81xKp0vT9xLw3m%2bN%2F".replace(" ", ""), "81xKp0vT9x"],
    ["a declared one, by an escaped name", "%74oken=Hw72kfpq", "Hw72kfpq"],
  ])("%s", (_, query, secret) => {
    expect(url(query)).toContain("[masked]");
    expect(url(query)).not.toContain(secret);
  });

  it("leaves other escapes as they are", () => {
    expect(url("q=a%5Fb%20c&%6eame=x")).toBe("GET ⟦/v1/courses/c?q=a%5Fb%20c&%6eame=x⟧");
  });

  it.each([
    ["each letter, as JSON may", [...key].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")],
    ["a plus, as .NET does", key.replace("+", "\\u002B")],
    ["a plus and a slash, as PHP does", key.replace("+", "\\u002b").replace("/", "\\/")],
    ["as a page may", key.replace("+", "&#43;").replace("/", "&#x2F;")],
  ])("%s", (_, echoed) => {
    const exchange = makeExchange({
      status: 401,
      requestHeaders: { authorization: `Bearer ${key}` },
      body: `{"error":{"type":"x","message":"Unknown key: ${echoed}"}}`,
    });
    for (const pointer of ["/error/message", "/error/type", ""]) {
      const shown = showEvidence(exchange, { kind: "body", pointer }, credentials);
      expect(shown).toContain("[masked]");
      expect(shown).not.toContain(echoed.slice(-9));
      expect(shown).not.toContain(echoed.slice(0, 9));
    }
  });

  it("hides a form's first member", () => {
    const exchange = makeExchange({ method: "POST", requestBody: "password=hunter2&name=x" });
    expect(showEvidence(exchange, { kind: "body", pointer: "", of: "request" }, credentials)).not.toContain("hunter2");
  });
});

describe("what a mask keeps", () => {
  const long = (seed: number) =>
    Array.from({ length: 800 }, (_, n) => `${seed}<${n * 7}>`)
      .join("")
      .slice(0, 4_000);
  const exchange = makeExchange({
    status: 401,
    requestHeaders: { "x-api-token": Array.from({ length: 75 }, (_, n) => long(n)).join(" ") },
  });

  it("is little of each secret", () => {
    const kept = knownSecrets(exchange, credentials);
    expect(kept.length).toBeGreaterThan(75);
    expect(kept.reduce((sum, { start, end }) => sum + start.length + end.length, 0)).toBeLessThan(65_536);
  });

  it("is enough to hide each of them whole", () => {
    const mask = maskOf(exchange, credentials);
    for (const seed of [0, 40, 74]) expect(mask(`No "${long(seed)}" known.`)).toBe('No "[masked]" known.');
    expect(mask(`No "${long(3).slice(0, 2_000)}`)).not.toContain(long(3).slice(0, 20));
  });

  it("is the beginning of one that is longer than is looked at", () => {
    const token = Array.from({ length: 2_000 }, (_, n) => `Kx${n}`).join("");
    const mask = maskOf(makeExchange({ requestHeaders: { authorization: `Bearer ${token}` } }), credentials);
    expect(mask(`No ${token}!`)).toBe("No [masked]!");
  });
});
