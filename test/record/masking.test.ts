import { createServer, type RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { maskShapes } from "../../src/record/mask-shapes.ts";
import { isSecretField } from "../../src/syntax/secret-field.ts";
import { listen } from "../probe/wire/kit.ts";
import { fieldOf, recordWhile } from "./kit.ts";

const secret = "Xq7-pLm2vRt9";

const serve = async (answer: RequestListener) => (await listen(createServer(answer))).origin;
const json = { "Content-Type": "application/json" };

/** What the recording holds, with what is base64 in it read as bytes, and as UTF-16 in either order. */
function readings(text: string): string {
  const bodies = [...text.matchAll(/"text": "([\w+/]+={0,2})",\n\s*"encoding": "base64"/g)].map(([, coded = ""]) =>
    Buffer.from(coded, "base64"),
  );
  const wide = bodies.flatMap((body) => [0, 1].map((at) => body.subarray(at).toString("utf16le")));
  return [text, ...bodies.map((body) => body.toString("latin1")), ...wide].join("\n");
}

describe("a body that is not UTF-8", () => {
  const text = (more: string) => `{"n":"\xe9","access_token":"${secret}"${more},"z":"\xe9"}`;
  const key = `sk_live_${"4eC39HqLyjWDarjtT1zdp7dc"}`;
  const mark = (all: string) => (all === secret ? all : `\ufeff${all}`);
  const encodings: [string, (text: string) => Buffer][] = [
    ["Latin-1", (all) => Buffer.from(all, "latin1")],
    ["UTF-16, the small end first", (all) => Buffer.from(mark(all), "utf16le")],
    ["UTF-16, the big end first", (all) => Buffer.from(mark(all), "utf16le").swap16()],
    ["UTF-16 without a mark", (all) => Buffer.from(all, "utf16le")],
    ["UTF-16 without a mark, the big end first", (all) => Buffer.from(all, "utf16le").swap16()],
  ];
  it.each(encodings)("is masked as others are, and otherwise stays as it was: %s", async (_, encode) => {
    const origin = await serve((req, res) => {
      req.resume();
      res.writeHead(req.url === "/500" ? 500 : 200, json).end(encode(text(req.url === "/500" ? `,"m":"${key}"` : "")));
    });
    const { text: har, entries } = await recordWhile(origin, async (address) => {
      await (await fetch(address, { method: "POST", headers: json, body: encode(text(`,"password":"Other-${secret}"`)) })).text();
      await (await fetch(`${address}/500`)).text();
    });
    expect(readings(har)).not.toMatch(new RegExp(`${secret}|${key}`));
    const { text: coded, encoding } = entries[0]?.response.content ?? {};
    const kept = Buffer.from(coded ?? "", encoding === "base64" ? "base64" : "utf8");
    expect(kept.toString("latin1")).toMatch(/<.?m.?a.?s.?k.?e.?d.?:.?\d/s);
    const whole = encode(text("")).toString("latin1");
    const masked = kept.toString("latin1").replace(
      /<.?m.?a.?s.?k.?e.?d.?:.?\d.?>/s,
      encode(secret)
        .toString("latin1")
        .replaceAll(/^\0|\0$/g, ""),
    );
    expect(masked).toBe(whole);
  });
});

describe("what its name has shown to be a secret is masked elsewhere too", () => {
  const echo: [string, string, RequestInit & { path?: string }, RequestListener][] = [
    [
      "a password, in the answer",
      secret,
      { method: "POST", headers: json, body: JSON.stringify({ password: secret }) },
      (_, res) => res.writeHead(422, json).end(JSON.stringify({ error: { type: "invalid", message: `value ${secret} weak` } })),
    ],
    [
      "a password that is a word with a number",
      "Summer2024",
      { method: "POST", headers: json, body: JSON.stringify({ new_password: "Summer2024" }) },
      (_, res) => res.writeHead(422, json).end(JSON.stringify({ error: { message: "value Summer2024 weak" } })),
    ],
    [
      "a parameter, in the answer",
      secret,
      { path: `/x?api_key=${secret}` },
      (_, res) => res.writeHead(400, json).end(JSON.stringify({ message: `no such key: ${secret}` })),
    ],
    [
      "one that is escaped in the URL",
      "Xq7/pLm+2vRt9",
      { path: `/x?api_key=${encodeURIComponent("Xq7/pLm+2vRt9")}` },
      (_, res) => res.writeHead(400, json).end(JSON.stringify({ coded: Buffer.from("Xq7/pLm+2vRt9").toString("base64") })),
    ],
    [
      "a challenge's",
      secret,
      {},
      (_, res) => res.writeHead(401, { "WWW-Authenticate": `Bearer realm="x", token="${secret}"` }).end(secret),
    ],
    ["a URL in any field", secret, {}, (_, res) => res.writeHead(200, { "X-Next": `https://x/?access_token=${secret}&b=1` }).end(secret)],
    ["a scheme and a token in any field", secret, {}, (_, res) => res.writeHead(200, { "X-Custom": `Bearer ${secret}` }).end(secret)],
    ["a media type's parameter", secret, {}, (_, res) => res.writeHead(200, { "Content-Type": `text/plain; token=${secret}` }).end(secret)],
    ["a field with underscores", secret, { headers: { x_api_key: secret } }, (_, res) => res.end(`no ${secret}`)],
    ["an access key", secret, { headers: { "X-Access-Key": secret } }, (_, res) => res.end(`no ${secret}`)],
    ["a word in a secret field of an answer", "letmein", {}, (_, res) => res.writeHead(200, { "X-Auth-Token": "letmein" }).end()],
    ["a body's, before it in the URL", secret, { path: `/${secret}` }, (_, res) => res.writeHead(200, json).end(`{"secret":"${secret}"}`)],
    [
      "a code in a redirect",
      "SplxlOBeZQQYbYS6WxSbIA",
      {},
      (_, res) => res.writeHead(302, { Location: "https://app.example/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz" }).end(),
    ],
    [
      "a code alone in a redirect",
      "SplxlOBeZQQYbYS6WxSbIA",
      {},
      (_, res) => res.writeHead(302, { Location: "/cb?code=SplxlOBeZQQYbYS6WxSbIA" }).end("SplxlOBeZQQYbYS6WxSbIA"),
    ],
    ["a session in a path", secret, { path: `/x;jsessionid=${secret}/y?a=1` }, (_, res) => res.end(`no ${secret}`)],
  ];
  it.each(echo)("%s", async (_, value, { path = "/", ...init }, answer) => {
    const origin = await serve((req, res) => {
      req.resume();
      answer(req, res);
    });
    const { text, report } = await recordWhile(origin, async (address) => {
      await (await fetch(address + path, { redirect: "manual", ...init })).text();
    });
    const told = text + JSON.stringify(report);
    for (const form of [value, encodeURIComponent(value), Buffer.from(value).toString("base64").replace(/=+$/, "")])
      expect(told).not.toContain(form);
  });

  it("cookies, in later exchanges", async () => {
    const origin = await serve((req, res) => {
      if (req.url === "/login") res.setHeader("Set-Cookie", `sid=${secret}; Path=/`);
      res.end(req.url === "/login" ? "" : `session ${secret} and c00kie-Zq81 are unknown`);
    });
    const { text } = await recordWhile(origin, async (address) => {
      await (await fetch(`${address}/login`, { headers: { Cookie: "theme=dark; other=c00kie-Zq81" } })).text();
      await (await fetch(`${address}/later`)).text();
    });
    expect(text).not.toMatch(new RegExp(`${secret}|c00kie-Zq81`));
  });

  it("however many others there are in one answer", async () => {
    const flood = JSON.stringify(Array.from({ length: 1_000 }, (_, n) => ({ token: `Zq${n}-xKp0vT9-${n}` })));
    const origin = await serve((req, res) => {
      res.writeHead(200, json).end(req.url === "/flood" ? flood : JSON.stringify({ is: secret }));
    });
    const { text } = await recordWhile(origin, async (address) => {
      for (const path of ["/", "/flood", "/"]) await (await fetch(address + path, { headers: { "X-Api-Key": secret } })).text();
    });
    expect(text).not.toMatch(new RegExp(`${secret}|xKp0vT9`));
  });

  it("but words, sentences and addresses are left where they are", async () => {
    const error = {
      type: "invalid_request_error",
      code: "password_too_short",
      param: "password",
      message: "must have 8+ letters",
      status: 422,
    };
    const origin = await serve((req, res) => {
      req.resume();
      const [body, status] =
        req.url === "/details"
          ? [
              { errors: { password: "must have 8+ letters", secret: ["is too short"] }, auth: "https://docs.shop.example/errors/auth-1" },
              422,
            ]
          : [{ error, docs: "https://docs.shop.example/errors/7" }, 422];
      res.writeHead(status as number, json).end(JSON.stringify(body));
    });
    const { entries } = await recordWhile(origin, async (address) => {
      await (await fetch(`${address}/details`)).text();
      for (const password of ["password", "invalid_request_error", "422", "password_too_short", "must have"])
        await (
          await fetch(address, { method: "POST", headers: { ...json, Cookie: `next=/v1/orders/17` }, body: JSON.stringify({ password }) })
        ).text();
    });
    for (const { response } of entries.slice(1))
      expect(JSON.parse(response.content.text ?? "")).toEqual({ error, docs: "https://docs.shop.example/errors/7" });
    expect(JSON.parse(entries[0]?.response.content.text ?? "").errors.secret).toEqual(["is too short"]);
  });

  it("and a challenge without a secret stays what it is", async () => {
    const challenges = ["Digest realm=api1, algorithm=SHA-256, qop=auth", 'Bearer realm="v2", error="invalid_token"', "Basic realm=api2"];
    const origin = await serve((_, res) => res.writeHead(401, { "WWW-Authenticate": challenges }).end());
    const { entries } = await recordWhile(origin, async (address) => void (await (await fetch(address)).text()));
    const lines = entries[0]?.response.headers.filter(({ name }) => /^www-/i.test(name)).map(({ value }) => value);
    expect(lines).toEqual(challenges);
    expect(fieldOf(entries[0]?.response.headers ?? [], "www-authenticate")).toBe(challenges[0]);
  });

  it("a leaked key under a telling name is still told", async () => {
    const origin = await serve((_, res) =>
      res.writeHead(500, json).end(JSON.stringify({ error: { message: "no", api_key: `sk_live_${"4eC39HqLyjWDarjtT1zdp7dc"}` } })),
    );
    const { report, text } = await recordWhile(origin, async (address) => {
      for (let n = 0; n < 2; n++) await (await fetch(`${address}/v1/courses/crs_1`)).text();
    });
    expect(text).not.toContain("4eC39HqLyjWDarjtT1zdp7dc");
    expect(report.findings.find(({ rule }) => rule === "disclosure/secret-echoed")?.count).toBe(2);
  });
});

describe("names", () => {
  const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${secret}\r\n--b--`;
  it.each([
    `{"password":["${secret}","b-${secret}"],"a":1}`,
    `{"password":918273645546,"a":1}`,
    `{"new_password":"${secret}","a":1}`,
    `{"apiSecret":"${secret}"}`,
    `{"password":"a\\"${secret}","a":1}`,
    `{"password":"\\\\${secret}\\\\","a":1}`,
    JSON.stringify({ inner: JSON.stringify({ password: `a"${secret}`, b: 1 }) }),
    JSON.stringify({ inner: JSON.stringify({ again: JSON.stringify({ password: `a"\\${secret}`, b: 1 }) }) }),
    JSON.stringify({ body: part("password") }),
    `user[password]=${secret}&a=1`,
    `user%5Bpassword%5D=${secret}&a=1`,
    part("password"),
    part("user[password]"),
    `<password>${secret}</password>`,
    `<a:password xsi:type="s"><![CDATA[${secret}]]></a:password>`,
    `/a;jsessionid=${secret}?b=1`,
    `key_ghp_${"9Qm3vT0xk9LrWz2uYpN6sD1f"}`,
  ])("%s", (text) => {
    const clean = maskShapes(text, () => "<masked:1>");
    expect(clean).not.toMatch(/pLm2vRt9|918273645546|9Qm3vT0/);
    expect(clean).toContain("<masked:1>");
    expect(maskShapes(clean, () => "<masked:2>")).toBe(clean);
    if (!text.startsWith("{")) return;
    const [before, after] = [JSON.parse(text), JSON.parse(clean)];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    if ("inner" in before) expect(JSON.parse(after.inner)).toHaveProperty("b" in JSON.parse(before.inner) ? "b" : "again");
  });

  it.each([
    '{"type":"error","error":{"type":"invalid_password","code":"secret_missing","param":"user[password]","status":401,"message":"Send <token> as a key"}}',
    '{"errors":{"password":["is too short","can\'t be blank"]}}',
    '{"errors":{"password":["required"]}}',
    '{"code":"invalid_pk_constraint","password":422,"token_type":"bearer","next_page_token":"Zq81xKp0vT"}',
    '{"code":"E1001","state":"closed","url":"https://x.example/?code=E10012345&page=2"}',
    '<input type="password" name="password" required>',
    "https://x.example/errors?code=invalid_request&state_id=7",
  ])("not %s", (text) => {
    expect(maskShapes(text, () => "<masked:1>")).toBe(text);
  });

  it.each(["X-Access-Key", "x_api_key", "X-Session_Id", "Ocp-Apim-Subscription-Key"])("field %s", (name) => {
    expect(isSecretField(name, [])).toBe(true);
  });

  it.each(["Idempotency-Key", "Sec-WebSocket-Key", "X-Request-Id", "Key", "Retry-After", "X-Author"])("not field %s", (name) => {
    expect(isSecretField(name, [])).toBe(false);
  });
});
