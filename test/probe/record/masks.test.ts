import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Credential } from "../../../src/model/contract.ts";
import { readBack, record, recordedOf } from "./kit.ts";

const key = "sk_test_9Qm3vT0xk9LrWz2u";
const header: readonly Credential[] = [{ header: "Authorization" }];

/** The content of an answer to alice, as it is recorded. */
async function contentOf(body: string | Uint8Array, credential = `Bearer ${key}`, isCut = false): Promise<string> {
  const text = await record(
    [recordedOf({ ask: { as: { account: "alice" } }, sending: { headers: [["Authorization", credential]] }, received: { body, isCut } })],
    { accounts: { alice: [credential] } },
  );
  const { text: content, encoding } = JSON.parse(text).log.entries[0].response.content;
  return encoding === "base64" ? Buffer.from(content, "base64").toString("latin1") : content;
}

describe("a credential's value is never recorded", () => {
  it.each([
    ["as it is", key],
    ["with its scheme", `Bearer ${key}`],
    ["in capitals", key.toUpperCase()],
    ["in small letters", key.toLowerCase()],
    ["in hexadecimal", Buffer.from(key).toString("hex")],
    ["in capital hexadecimal", Buffer.from(key).toString("hex").toUpperCase()],
    ["in base64", Buffer.from(key).toString("base64")],
    ["in base64, with its scheme", Buffer.from(`Bearer ${key}`).toString("base64")],
    ["in base64, one byte on", Buffer.from(`x${key}y`).toString("base64")],
    ["in base64url, two bytes on", Buffer.from(`??${key}>`).toString("base64url")],
    ["in UTF-16", Buffer.from(key, "utf16le").toString("latin1")],
    ["cut by the server", `${key.slice(0, 16)}…`],
  ])("%s", async (_, form) => {
    const content = await contentOf(`{"message": "no such key: ${form}"}`);
    expect(content).toMatch(/<account:alice>/);
    expect(content.toLowerCase()).not.toContain(form.toLowerCase());
  });

  it.each([
    ["in a URL", (text: string) => encodeURIComponent(text)],
    ["in a form", (text: string) => new URLSearchParams({ text }).toString().slice(5)],
    ["in a URL that does little", (text: string) => encodeURI(text)],
    ["in JSON", (text: string) => JSON.stringify(text).slice(1, -1)],
    ["in JSON of PHP", (text: string) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/")],
    [
      "in JSON of Go",
      (text: string) =>
        JSON.stringify(text)
          .slice(1, -1)
          .replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
    ],
    [
      "in HTML",
      (text: string) =>
        text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    ],
  ])("%s, with odd characters", async (_, write) => {
    const odd = `p/ä"s&w<o>r'd+ 100% \\x`;
    const content = await contentOf(`{"message": "no such key: ${write(odd)}"}`, `Bearer ${odd}`);
    expect(content).toBe('{"message": "no such key: <account:alice>"}');
  });

  it("in what Basic stands for", async () => {
    const basic = `Basic ${Buffer.from("alice:correct-horse").toString("base64")}`;
    expect(await contentOf(`user alice:correct-horse, correct-horse, ${basic}`, basic)).toBe(
      "user <account:alice>, <account:alice>, Basic <account:alice>",
    );
    const keyOnly = `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
    expect(await contentOf(`No such API key: ${key}`, keyOnly)).toBe("No such API key: <account:alice>");
  });

  it("as a number, which leaves JSON what it is", async () => {
    expect(JSON.parse(await contentOf('{"key": 4711081547, "a": [4711081547]}', "Token 4711081547"))).toEqual({
      key: "<account:alice>",
      a: ["<account:alice>"],
    });
  });

  it("in the parts of a signature", async () => {
    const signed = `Signature keyId="key-number-1", signature="0123456789abcdef"`;
    expect(await contentOf("bad signature 0123456789abcdef", signed)).toBe("bad signature <account:alice>");
  });

  it("in a beginning at the end of a body that was cut", async () => {
    for (let length = 4; length < key.length; length++)
      expect(await contentOf(`{"key":"${key.slice(0, length)}`, undefined, true)).toBe('{"key":"<account:alice>');
    expect(await contentOf('{"key":"sk_t"}', undefined)).toBe('{"key":"sk_t"}');
  });

  it("in any place of an exchange", async () => {
    const text = await record(
      [
        recordedOf({
          ask: { as: { account: "alice" }, purpose: `with ${key}`, group: `g ${key}` },
          sending: {
            url: `https://api.example.com/v1/${key}?k=${key}`,
            headers: [
              ["Authorization", `Bearer ${key}`],
              ["X-Again", key],
              ["Cookie", `a=${key}; b=1`],
            ],
            body: Buffer.from(`{"key":"${key}"}`),
          },
          received: {
            reason: `No ${key}`,
            failure: `not HTTP: ${key}`,
            headers: [
              ["X-Echo", `<${key}>`],
              [`X-${key}`, "name"],
              ["Location", `/login?key=${key}`],
              ["Set-Cookie", `k=${key}; Path=/${key}`],
            ],
            body: new Uint8Array([255, ...Buffer.from(key), 254]),
          },
        }),
      ],
      { accounts: { alice: [`Bearer ${key}`] } },
    );
    expect(text).not.toContain(key);
    expect(text).not.toContain(Buffer.from(key).toString("base64").slice(2, -4));
    expect(JSON.parse(text).log.entries[0].request.url).toBe("https://api.example.com/v1/%3Caccount%3Aalice%3E?k=%3Caccount%3Aalice%3E");
  });

  it("by its place alone, where it is too short to be found in a text", async () => {
    const declared = [{ header: "X-Key" }, { query: "k" }, { cookie: "c" }];
    const text = await record(
      [
        recordedOf({
          ask: { as: { account: "alice" } },
          sending: {
            url: "https://api.example.com/v1/x?a=q1&k=q1",
            headers: [
              ["x-key", "h1"],
              ["Cookie", "d=c; c=c1"],
            ],
          },
          received: { body: "q1 h1 c1 abc1" },
        }),
      ],
      { accounts: { alice: ["h1", "q1", "c1"] }, declared },
    );
    const { request, response } = JSON.parse(text).log.entries[0];
    expect(request.url).toBe("https://api.example.com/v1/x?a=q1&k=%3Caccount%3Aalice%3E");
    expect(request.headers.slice(1)).toEqual([
      { name: "x-key", value: "<account:alice>" },
      { name: "Cookie", value: "d=c; c=<account:alice>" },
    ]);
    expect(response.content.text).toBe("q1 h1 c1 abc1");
  });

  it("with its first word, where that is no scheme", async () => {
    const declared = [{ header: "X-Key" }];
    const recorded = recordedOf({
      ask: { as: { account: "alice" } },
      sending: { headers: [["X-Key", "correct horse battery"]] },
      received: { body: "no such key: correct horse battery" },
    });
    const text = await record([recorded], { accounts: { alice: ["correct horse battery"] }, declared });
    const { request, response } = JSON.parse(text).log.entries[0];
    expect([request.headers[1].value, response.content.text]).toEqual(["<account:alice>", "no such key: <account:alice>"]);
    expect((await readBack(text, ({ account }) => account?.name, declared)).seen).toEqual(["alice"]);
  });

  it("of another account, nor as the one whose beginning it shares", async () => {
    const accounts = { alice: ["Bearer sk_test_alice_0000001"], bob: ["Bearer sk_test_alice_0000002"] };
    const text = await record([recordedOf({ received: { body: "sk_test_alice_0000002 and sk_test_alice_0000001" } })], { accounts });
    expect(JSON.parse(text).log.entries[0].response.content.text).toBe("<account:bob> and <account:alice>");
  });

  it("of a cookie that the server sets; equal ones are equal", async () => {
    const set = (value: string) =>
      recordedOf({ received: { headers: [["Set-Cookie", `sid=${value}; HttpOnly; Path=/`]], body: `session ${value}` } });
    const text = await record([set("abcdefgh-1"), set("abcdefgh-2"), set("abcdefgh-1"), set(""), set("x")]);
    const entries = JSON.parse(text).log.entries as {
      response: { headers: { value: string }[]; cookies: object[]; content: { text: string } };
    }[];
    expect(entries.map(({ response }) => response.headers[0]?.value)).toEqual([
      "sid=<cookie:1>; HttpOnly; Path=/",
      "sid=<cookie:2>; HttpOnly; Path=/",
      "sid=<cookie:1>; HttpOnly; Path=/",
      "sid=; HttpOnly; Path=/",
      "sid=<cookie:3>; HttpOnly; Path=/",
    ]);
    expect(entries[0]?.response.content.text).toBe("session <cookie:1>");
    expect(entries[0]?.response.cookies).toEqual([{ name: "sid", value: "<cookie:1>" }]);
  });

  it("whatever stands around it, in whatever form", async () => {
    const credential = fc
      .stringMatching(/^[!-~]{12,40}$/)
      .filter((value) => new Set(value).size > 6 && !/^[\w-]+\s/.test(value) && !value.includes("<account"));
    const writings: readonly ((secret: string) => string)[] = [
      (secret) => secret,
      (secret) => secret.toUpperCase(),
      (secret) => encodeURIComponent(secret),
      (secret) => JSON.stringify(secret).slice(1, -1),
      (secret) => Buffer.from(secret).toString("hex"),
      (secret) => Buffer.from(secret).toString("base64"),
      (secret) => Buffer.from(secret).toString("base64url"),
    ];
    await fc.assert(
      fc.asyncProperty(
        credential,
        fc.uint8Array({ maxLength: 30 }),
        fc.array(fc.nat(writings.length - 1), { minLength: 1, maxLength: 4 }),
        fc.uint8Array({ maxLength: 30 }),
        async (secret, before, turns, after) => {
          const inner = turns.flatMap((turn) => [...Buffer.from(writings[turn]?.(secret) ?? ""), 32]);
          const content = await contentOf(Buffer.from([...before, 32, ...inner, ...after]), `Bearer ${secret}`);
          for (const turn of turns) {
            const form = writings[turn]?.(secret) ?? "";
            // Padding is nobody's.
            expect(content.toLowerCase()).not.toContain(form.toLowerCase().replace(/=+$/, ""));
          }
          expect(content).toContain("<account:alice>");
        },
      ),
      { numRuns: 100, examples: [['\\N!!!!!!!!"#$%', Uint8Array.of(), [2], Uint8Array.of()]] },
    );
  });
});

describe("what is no credential stays", () => {
  it("as it was sent, byte by byte", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 80 }), async (text) => {
        expect(await contentOf(text)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it("also where it begins like one", async () => {
    expect(await contentOf("sk_test_ is how a key begins")).toBe("sk_test_ is how a key begins");
  });

  it("and an echo is still seen as one", async () => {
    const { credentialsIn } = await import("../../../src/traffic/disclosure/request-credentials.ts");
    const { findSecret } = await import("../../../src/traffic/disclosure/find-secret.ts");
    const text = await record(
      [
        recordedOf({
          ask: { as: { account: "alice" } },
          sending: { headers: [["Authorization", `Bearer ${key}`]] },
          received: { status: 401, body: `{"error":{"message":"No such key: ${key}."}}` },
        }),
      ],
      { accounts: { alice: [`Bearer ${key}`] } },
    );
    const { seen } = await readBack(text, ({ request, response }) =>
      findSecret(response.body.text(), credentialsIn(request, header), () => true),
    );
    expect(seen).toEqual([{ kind: "echoed", what: "Authorization field" }]);
  });
});

describe("a credential does not survive", () => {
  const long = "sk_live_9Qm3vT0xk9LrWz2uB7nHc4Yd8Pf1Gs6Ja5Ke0Zo";
  const wrap = (text: string, by: string) => text.replace(/(.{76})/g, `$1${by}`);
  const page = Buffer.from(`${"some words before it, many of them; ".repeat(2)}${long} and as many behind it, for another line`).toString(
    "base64",
  );

  it.each([
    ["base64 in lines", wrap(page, "\n")],
    ["base64 in lines of MIME", wrap(page, "\r\n")],
    ["base64 in lines, in JSON", wrap(page, "\\r\\n")],
    ["base64 in lines, in JSON in JSON", wrap(page, "\\\\n")],
  ])("%s", async (_, form) => {
    const content = await contentOf(`{"message": "${form}"}`, `Bearer ${long}`);
    expect(content).toContain("<account:alice>");
    expect(Buffer.from(content.replace(/\\+[rn]|\s/g, ""), "base64").toString("latin1")).not.toContain(long.slice(8, 24));
  });

  it.each([
    ["broken over two lines", `${long.slice(0, 10)}\n${long.slice(10)}`],
    ["broken over two lines that are indented", `${long.slice(0, 10)}\r\n    ${long.slice(10)}`],
    ["broken over two lines of JSON", `${long.slice(0, 10)}\\n${long.slice(10)}`],
    ["without its public prefix", long.slice(8)],
    ["its second half", long.slice(24)],
    ["sixteen characters of its midst", long.slice(13, 29)],
    ["sixteen characters, escaped", [...long.slice(13, 29)].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join("")],
    [
      "three times encoded",
      encodeURIComponent(encodeURIComponent([...long].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(""))),
    ],
  ])("%s", async (_, form) => {
    expect(await contentOf(`{"message": "no ${form}"}`, `Bearer ${long}`)).toBe('{"message": "no <account:alice>"}');
  });

  it("without its public prefix, where the rest is short", async () => {
    expect(await contentOf("no such key: 9Qm3vT0xk9Lr", "Bearer sk_live_9Qm3vT0xk9Lr")).toBe("no such key: <account:alice>");
  });

  it("in another case, beyond ASCII", async () => {
    for (const form of ["ÄÖÜ-schlüssel-ŽLUŤOUČKÝ", "äöü-SCHLÜSSEL-žluťoučký", encodeURIComponent("ÄÖÜ-SCHLÜSSEL-ŽLUŤOUČKÝ")])
      expect(await contentOf(`no ${form}!`, "Bearer Äöü-Schlüssel-Žluťoučký")).toBe("no <account:alice>!");
  });

  it("wherever its part of sixteen stands", async () => {
    const part = fc.tuple(fc.nat(long.length - 16), fc.integer({ min: 16, max: long.length }));
    await fc.assert(
      fc.asyncProperty(fc.string(), part, fc.string(), async (before, [from, length], after) => {
        const shown = long.slice(from, from + length);
        expect(await contentOf(`${before} ${shown} ${after}`, `Bearer ${long}`)).not.toContain(shown);
      }),
    );
  });

  it("but the issuer of its token, which others have too, stays", async () => {
    const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");
    const claims = (name: string) => Buffer.from(`{"iss":"https://id.example.com","sub":"${name}"}`).toString("base64url");
    const own = `${head}.${claims("alice")}.c2lnbmF0dXJlIG9mIGFsaWNlLCBvbmx5`;
    const other = `${head}.${claims("bob")}`;
    expect(await contentOf(other.slice(0, 60), `Bearer ${own}`)).toBe(other.slice(0, 60));
    expect(await contentOf(own.slice(-30), `Bearer ${own}`)).toBe("<account:alice>");
  });

  it("nor cost much time, whatever a server sends", { timeout: 20_000 }, async () => {
    const cookies = (count: number, value: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => ["Set-Cookie", `c${index}=${value(index)}`] as const);
    const size = 1 << 20;
    const html = '<p class="a">Words &amp; more, 100%\n</p>'.repeat(size / 40);
    const bodies = [
      html,
      "\\".repeat(size),
      "%25".repeat(size / 3),
      "&#x".repeat(size / 3),
      long.slice(0, 11).repeat(size / 11),
      "a".repeat(size),
    ];
    for (const body of bodies) {
      const begun = performance.now();
      const headers = [...cookies(40, (index) => `${"a".repeat(30)}${index}`), ...cookies(300, (index) => `%2525\\${index}`.repeat(9))];
      await record([recordedOf({ received: { body, headers } })], { accounts: { alice: [`Bearer ${long}`], bob: [`Bearer ${key}`] } });
      // Some tens of milliseconds; what was quadratic took minutes.
      expect(performance.now() - begun).toBeLessThan(3000);
    }
  });

  it("in a cookie's own line, however many there are", async () => {
    const headers = Array.from(
      { length: 50 },
      (_, index) => ["Set-Cookie", `c=${`value-of-cookie-${index}-${"x".repeat(index)}`}`] as const,
    );
    const text = await record([recordedOf({ received: { headers, body: `${"value-of-cookie-49-"}${"x".repeat(49)}` } })]);
    expect(text).not.toContain("value-of-cookie");
  });
});
