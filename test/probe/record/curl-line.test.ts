import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Credential } from "../../../src/model/contract.ts";
import type { Ask } from "../../../src/probe/ask.ts";
import { type CurlNames, curlLine } from "../../../src/probe/record/curl-line.ts";
import type { Sending } from "../../../src/probe/wire/wire.ts";
import { secretParts } from "../../../src/recording/secret-parts.ts";
import { sendingTo, serveBytes, wireTo } from "../wire/kit.ts";
import { runShell } from "./run-shell.ts";

const key = "Bearer sk_test_9Qm3vT0xk9LrWz2u";
const hasCurl = (() => {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

function namesOf(credentials: readonly string[] = [key], declared: readonly Credential[] = [{ header: "Authorization" }]): CurlNames {
  const variables = declared.map((_, index) => (index === 0 ? "ALICE_CREDENTIAL" : `ALICE_CREDENTIAL_${index + 1}`));
  return { declared, accounts: [{ name: "alice", variables }], credentials: new Map([["alice", credentials]]) };
}

function lineOf(sending: Partial<Sending>, { names = namesOf(), as = { account: "alice" } as Ask["as"] } = {}): string {
  const ask: Ask = { purpose: "x", level: 0, method: sending.method ?? "GET", path: "/", as };
  return curlLine(
    { ask, sending: { method: "GET", url: "https://api.example.com/v1/x", headers: [], body: undefined, ...sending } },
    names,
  );
}

describe("a curl line", () => {
  it("names the credential by its variable, and says the rest as it was", () => {
    const line = lineOf({
      method: "POST",
      url: "https://api.example.com/v1/courses",
      headers: [
        ["User-Agent", "envelint/1"],
        ["Accept", "application/json"],
        ["Content-Type", "application/json"],
        ["Authorization", key],
      ],
      body: Buffer.from('{"title":"it\'s"}'),
    });
    expect(line).toBe(
      `curl -i --path-as-is --globoff --http1.1 -X POST 'https://api.example.com/v1/courses' -H 'User-Agent: envelint/1' -H 'Accept: application/json' -H 'Content-Type: application/json' -H "Authorization: $ALICE_CREDENTIAL" --data-binary '{"title":"it'\\''s"}'`,
    );
  });

  it("holds no credential, wherever that stands", () => {
    const basic = `Basic ${Buffer.from("alice:correct-horse").toString("base64")}`;
    const declared = [{ header: "Authorization" }, { cookie: "sid" }, { query: "key" }];
    const names = namesOf([basic, "s3ss10n-of-alice", "q u/e+ry"], declared);
    const line = lineOf(
      {
        url: "https://api.example.com/v1/x?a=1&key=q%20u%2Fe%2Bry",
        headers: [
          ["Authorization", basic],
          ["Cookie", "a=1; sid=s3ss10n-of-alice"],
          ["X-Also", `correct-horse ${basic}`],
        ],
        body: Buffer.from("s3ss10n-of-alice alice:correct-horse"),
      },
      { names },
    );
    for (const secret of [basic, basic.slice(6), "s3ss10n-of-alice", "correct-horse", "q%20u", "q u/"]) expect(line).not.toContain(secret);
    expect(line).toContain(`'https://api.example.com/v1/x?a=1' --url-query 'key='"$ALICE_CREDENTIAL_3"`);
    expect(line).toContain(`-H "Cookie: a=1; sid=$ALICE_CREDENTIAL_2"`);
    expect(line).toContain(`-H 'X-Also: <account:alice> '"$ALICE_CREDENTIAL"`);
  });

  it("shows a made-up credential, which opens nothing, and needs no variable for nobody's", () => {
    expect(lineOf({ headers: [["Authorization", "Bearer made-up"]] }, { as: { madeUp: "Bearer made-up" } })).toContain(
      "-H 'Authorization: Bearer made-up'",
    );
    expect(lineOf({}, { as: "anonymous" })).not.toContain("$");
  });

  it("writes padding by its length, and leaves out what fits in no line", () => {
    const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(1 << 20, "x"), Buffer.from('"}')]);
    const line = lineOf({ method: "POST", body });
    expect(line.length).toBeLessThan(500);
    expect(line).toMatch(/^\{ printf '%s' '\{"a":"'; head -c 1048576 \/dev\/zero \| tr '\\0' '\\170'; printf '%s' '"\}'; \} \| curl /);
    expect(lineOf({ method: "POST", body: Buffer.from("ab".repeat(4000)) })).toMatch(
      /--data-binary @body # 8000 bytes, as they stand in the recording$/,
    );
  });

  it("lets a shell run nothing: each argument comes out as it is", async () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        "$(id)",
        "`id`",
        "'; id; '",
        '"$HOME"',
        "\\",
        "!!",
        "a\nb",
        "*",
        "~",
        "'",
        "''",
        "\\'",
        "$'x'",
        "%s%n",
        "-K x",
        "@/etc/passwd",
        "#",
        "&",
        "|",
        "\u00e9\u{1f600}",
      ),
      fc.string({ unit: "grapheme", maxLength: 12 }),
    );
    const text = fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join("").replaceAll("\0", ""));
    const credential = fc.array(hostile, { minLength: 1, maxLength: 3 }).map((parts) => `k3y-${parts.join("").replaceAll(/[\0\n]/g, "")}`);
    await fc.assert(
      fc.asyncProperty(text, text, text, credential, fc.uint8Array({ maxLength: 20 }), async (path, value, content, secret, bytes) => {
        // What is a part of the credential is hidden wherever it stands.
        const parts = [...secretParts(secret, false), ...secretParts(secret, true)];
        fc.pre(![path, value, content].some((each) => parts.some((part) => each.includes(part))));
        const names = namesOf([secret]);
        const headers = [["X-Value", `${value}|${secret}`] as const];
        const sending = { method: "POST", url: `https://api.example.com/${path}`, headers };
        const line = lineOf({ ...sending, body: Buffer.from(content) }, { names });
        const args = await shellArguments(line, secret);
        expect(args).toContain(`https://api.example.com/${path}`);
        expect(args).toContain(`X-Value: ${value}|${secret}`);
        expect(args.at(-1)).toBe(content);
        const binary = Buffer.concat([Buffer.from([0, 255]), bytes]);
        expect(await shellBody(lineOf({ ...sending, body: binary }, { names }), secret)).toEqual(binary);
      }),
      { numRuns: 40 },
    );
  });
});

/** What a shell gives curl: its arguments. */
async function shellArguments(line: string, secret: string): Promise<string[]> {
  const { stdout } = await runShell(`curl() { printf '%s\\0' "$@"; }; ${line}`, { ALICE_CREDENTIAL: secret });
  return stdout.toString().split("\0").slice(0, -1);
}

/** What a shell gives curl to read. */
async function shellBody(line: string, secret: string): Promise<Buffer> {
  return (await runShell(`curl() { cat; }; ${line}`, { ALICE_CREDENTIAL: secret })).stdout;
}

describe.skipIf(!hasCurl)("curl itself (skipped where it is not installed)", () => {
  const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  const changes: readonly (readonly [what: string, change: Partial<Sending>])[] = [
    ["a GET", {}],
    ["a HEAD", { method: "HEAD" }],
    ["a DELETE", { method: "DELETE" }],
    ["another method", { method: "ENVELINT" }],
    ["a POST without a body", { method: "POST" }],
    ["a POST", { method: "POST", body: Buffer.from("{\"a\":\n'x'}"), headers: [["Content-Type", "application/json"]] }],
    ["a body without a type", { method: "PUT", body: Buffer.from("@x") }],
    ["bytes", { method: "POST", body: Buffer.from([0, 255, 10, 13, 92, 48, 37]) }],
    [
      "an empty field, and a repeated one",
      {
        headers: [
          ["X-Empty", ""],
          ["X-A", "1"],
          ["X-A", "2"],
        ],
      },
    ],
    [
      "padding",
      { method: "POST", body: Buffer.concat([Buffer.from("{"), Buffer.alloc(9000, "'"), Buffer.alloc(9000, "\\"), Buffer.from("}")]) },
    ],
    ["a GET with a body", { method: "GET", body: Buffer.from("{}") }],
  ];
  it.each(changes)("sends again what the wire sent: %s", async (_, change) => {
    const server = await serveBytes((socket) => socket.write(ok));
    const headers = [["User-Agent", "envelint/1"], ...(change.headers ?? []), ["Authorization", key]] as const;
    const sending = sendingTo(`${server.origin}/a//../b?x=[1-3]&y={a,b}`, { ...change, headers });
    expect((await wireTo(server.origin).send(sending)).failure).toBeUndefined();
    const line = curlLine({ ask: { purpose: "", level: 0, method: "", path: "", as: { account: "alice" } }, sending }, namesOf());
    const { stdout } = await runShell(`${line.replace("curl ", "curl -s --max-time 10 ")}`, { ALICE_CREDENTIAL: key });
    expect(stdout.toString()).toMatch(/^HTTP\/1.1 200 OK/);
    const [wired, curled] = server.requests.map(comparable);
    expect(curled).toEqual(wired);
  });

  it("encodes a credential in the query, where it can", async ({ skip }) => {
    const server = await serveBytes((socket) => socket.write(ok));
    const declared = [{ query: "api key" }];
    const sending = sendingTo(`${server.origin}/x?a=1&api%20key=k%2Fey%20one`);
    const line = curlLine(
      { ask: { purpose: "", level: 0, method: "", path: "", as: { account: "alice" } }, sending },
      namesOf(["k/ey one"], declared),
    );
    if (!execFileSync("curl", ["--help", "all"]).toString().includes("--url-query")) skip("this curl has no --url-query");
    await runShell(line.replace("curl ", "curl -s "), { ALICE_CREDENTIAL: "k/ey one" });
    expect(server.requests[0]).toMatch(/^GET \/x\?a=1&api%20key=k%2Fey(?:%20|\+)one HTTP/i);
  });
});

/** A request without what belongs to the connection. */
function comparable(request: string): unknown {
  const end = request.indexOf("\r\n\r\n");
  const [start, ...lines] = request.slice(0, end).split("\r\n");
  const fields = lines
    .map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase()))
    .filter((line) => !/^(?:connection|host):/.test(line));
  return { start, fields: fields.map((line) => line.trim()).sort(), body: request.slice(end + 4) };
}
