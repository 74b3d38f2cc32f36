import { describe, expect, it } from "vitest";
import { disclosure } from "../../rules/disclosure/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Contract } from "../../src/model/contract.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { databaseErrors } from "../../src/syntax/disclosure/database-errors.ts";
import { debugPages } from "../../src/syntax/disclosure/debug-pages.ts";
import { exceptionNames } from "../../src/syntax/disclosure/exception-names.ts";
import { filePaths } from "../../src/syntax/disclosure/file-paths.ts";
import type { DisclosurePattern } from "../../src/syntax/disclosure/pattern.ts";
import { stackFrames } from "../../src/syntax/disclosure/stack-frames.ts";
import { type ExchangeParts, makeBody, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();

async function judge(parts: ExchangeParts | readonly ExchangeParts[], contract: Contract = builtin) {
  const exchanges = [parts].flat().map((each, entry) => makeExchange({ status: 500, entry, ...each }));
  const report = await judgeExchanges(exchanges, contract, disclosure);
  expect(report.unjudged.filter((reason) => reason.includes("crashed"))).toEqual([]);
  const findings = report.findings.map(({ rule, note, severity, samples }) => ({
    name: `${rule.slice("disclosure/".length)} ${note}`,
    severity,
    place: samples[0]?.place,
    found: samples[0]?.found,
  }));
  return {
    report,
    findings,
    names: findings.map(({ name }) => name).sort(),
    unknown: report.coverage.notObservable.map(({ rule, reason }) => `${rule.slice("disclosure/".length)}: ${reason}`).sort(),
  };
}

const says = (message: string, more: ExchangeParts = {}): ExchangeParts => ({
  body: { error: { type: "server_error", message } },
  ...more,
});
const html = (body: string, more: ExchangeParts = {}): ExchangeParts => ({ headers: { "Content-Type": "text/html" }, body, ...more });

const frame = "at launch (/srv/courses/launch.js:41:13)";
const trace = `Error\n    ${frame}\n    at handle (/srv/courses/server.js:7:3)`;
const python = 'File "/srv/courses/launch.py", line 41, in launch\n';

describe("internals", () => {
  it.each<[string, ExchangeParts, string[]]>([
    ["one cause, one finding: a trace names its exception and files", says(`TypeError: x\n${trace}`), ["internals stack-trace"]],
    ["a frame alone, too", says(`TypeError: x ${frame}`), ["internals stack-frame"]],
    ["a database's error and a trace are two", says(`ORA-00001 ${trace}`), ["internals sql", "internals stack-trace"]],
    ["a database's error names its exception", says("PDOException: SQLSTATE[23000]"), ["internals sql"]],
    ["a value that its column does not hold", says("value too long for type character varying(255)"), ["internals sql"]],
    ["the same of a fixed length", says("ERROR: value too long for type character(10)"), ["internals sql"]],
    ["a value that the API holds too long", says("The value is too long for a title (255), value too long for type title(3)"), []],
    ["a database's error and a file", says("ORA-00001 in /var/www/courses/a"), ["internals file-path", "internals sql"]],
    ["an exception and a file", says("KeyError: 'x' in /var/www/courses/a"), ["internals exception-name", "internals file-path"]],
    ["the language with the most frames", says(`${frame}\n${python}${python}`), ["internals stack-trace"]],
    ["frames in several strings", { body: { stack: [frame, frame] } }, ["internals stack-trace"]],
    [
      "frames as objects, Java's names",
      {
        body: {
          t: [
            { fileName: "A.java", lineNumber: 4, methodName: "b" },
            { fileName: "A.java", lineNumber: 5, methodName: "c" },
          ],
        },
      },
      ["internals stack-trace"],
    ],
    [
      "a list of files is no trace",
      {
        body: {
          t: [
            { file: "a", line: 4 },
            { file: "b", line: 5 },
          ],
        },
      },
      [],
    ],
    [
      "a list of lines without files is none",
      {
        body: {
          t: [
            { function: "a", line: 4 },
            { function: "b", line: 5 },
          ],
        },
      },
      [],
    ],
    [
      "a list of files without lines is none",
      {
        body: {
          t: [
            { function: "a", file: "f" },
            { function: "b", file: "f" },
          ],
        },
      },
      [],
    ],
    ["one object is no trace", { body: { t: [{ file: "a", line: 4, function: "b" }] } }, []],
    [
      "a debug page is told before its trace",
      html(`<title>Error</title><pre>Error: x<br> &nbsp; &nbsp;${frame}<br> &nbsp; &nbsp;${frame}</pre>`),
      ["internals debug-page"],
    ],
    ["nothing at all", { headers: { "Content-Type": "application/json" }, body: "null" }, []],
    ["nothing in a member", { body: { stack: null, error: [null] } }, []],
    ["one mark is no debug page", html("<title>Werkzeug Debugger</title>"), []],
    ["marks in JSON are no page", says("Werkzeug Debugger, EVALEX ="), []],
    ["what a script says is not read", html(`<script>var s = "${frame} ${frame}";</script><p>Gone</p>`), []],
    ["plain text", { headers: { "Content-Type": "text/plain" }, body: trace }, ["internals stack-trace"]],
    [
      "a body cut off shows what it shows",
      {
        headers: { "Content-Type": "application/json" },
        body: `{"m":"${python.replaceAll('"', "'")}${frame} ${frame}`,
        bodyState: "truncated",
      },
      ["internals stack-trace"],
    ],
    ["beyond the first 65,536 characters", says(`${"x ".repeat(40_000)}${trace}`), []],
    ["a gateway's page", html(`<pre>${trace}</pre><center>nginx</center>`, { status: 502 }), []],
    ["a success", says(trace, { status: 200 }), []],
  ])("%s", async (_, parts, names) => {
    expect((await judge(parts)).names).toEqual(names);
  });

  it("is told at the very string, with what was found", async () => {
    const { findings } = await judge({ body: { error: { message: "gone", debug: ["x", trace] } } });
    expect(findings).toEqual([
      { name: "internals stack-trace", severity: "error", place: { kind: "body", pointer: "/error/debug/1" }, found: `"${frame}"` },
    ]);
  });

  it.each<[string, readonly DisclosurePattern[]]>([
    ["stack-frame", stackFrames],
    ["exception-name", exceptionNames],
    ["sql", databaseErrors],
    ["file-path", filePaths],
  ])("knows every pattern's example: %s", async (note, patterns) => {
    for (const { id, example } of patterns)
      expect([id, (await judge(says(example))).names]).toEqual([id, expect.arrayContaining([`internals ${note}`])]);
  });

  it.each(debugPages.map(({ id, framework, example }) => [id, framework, example] as const))(
    "knows the debug page of each framework: %s",
    async (_, framework, example) => {
      const { report } = await judge(html(example));
      expect(report.findings.map(({ note, message }) => [note, message])).toEqual([
        ["debug-page", `The 500 is the debug page of ${framework}, which is made for its developers.`],
      ]);
    },
  );

  it("is shown without the blanks around it", async () => {
    const { findings } = await judge(says("   at Courses.Api.Launcher.Launch(String id) in C:\\src\\Launcher.cs:line 41\n"));
    expect(findings.map(({ found }) => found)).toEqual([
      String.raw`"at Courses.Api.Launcher.Launch(String id) in C:\\src\\Launcher.cs:line 41"`,
    ]);
  });

  it.each<[string, ExchangeParts, string]>([
    ["a frame", says(frame), "warning"],
    ["an exception", says("KeyError: 'x'"), "warning"],
    ["a path", says("no /var/www/courses/a"), "warning"],
    ["a database's error", says("ORA-00001"), "error"],
  ])("weighs: %s", async (_, parts, severity) => {
    expect((await judge(parts)).findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  it.each<[string, ExchangeParts]>([
    ["the path", says("no /var/www/x/y.html", { url: "/f/%2Fvar%2Fwww%2Fx%2Fy.html" })],
    ["the query", says("no /var/www/x y", { url: "/f?p=%2Fvar%2Fwww%2Fx+y" })],
    ["a field", says("no /var/www/x/y", { requestHeaders: { "X-File": "/var/www/x/y" } })],
    ["JSON", says("no C:\\a\\b\\c", { method: "POST", requestBody: { file: ["C:\\a\\b\\c"] } })],
    [
      "a form",
      says("no /var/www/x y", {
        method: "POST",
        requestHeaders: { "content-type": "application/x-www-form-urlencoded" },
        requestBody: "p=%2Fvar%2Fwww%2Fx+y",
      }),
    ],
    [
      "text, in another case",
      says("no /var/www/x/y", { method: "POST", requestHeaders: { "content-type": "text/plain" }, requestBody: "read /VAR/www/x/y" }),
    ],
  ])("leaves out what stands in the request: %s", async (_, parts) => {
    expect((await judge(parts)).names).toEqual([]);
  });

  it("finds the second where the request named the first", async () => {
    const { findings } = await judge(says("/var/www/x/y and /var/www/x/z", { url: "/f?p=/var/www/x/y" }));
    expect(findings.map(({ found }) => found)).toEqual(['"/var/www/x/z"']);
  });

  it("reads no form where the body is none", async () => {
    const parts = says("no /var/www/x y", {
      method: "POST",
      requestHeaders: { "content-type": "text/plain" },
      requestBody: "p=%2Fvar%2Fwww%2Fx+y",
    });
    expect((await judge(parts)).names).toEqual(["internals file-path"]);
  });

  it.each(["select a from b", "insert into b values (1)", "update b set c = 1", "delete from b"])(
    "answers SQL in SQL: %s",
    async (requestBody) => {
      const parts: ExchangeParts = { method: "POST", requestHeaders: { "content-type": "text/plain" }, requestBody };
      expect((await judge(says('syntax error at or near "b"', parts))).names).toEqual([]);
    },
  );

  it.each(["instance", "docs_url", "path", "self", "documentation"])("takes no link for a file: %s", async (name) => {
    expect((await judge({ body: { [name]: "/home/courses/a.go" } })).names).toEqual([]);
    expect((await judge({ body: { [`${name}_text`]: "/home/courses/a.go" } })).names).toEqual(["internals file-path"]);
  });

  it.each<[string, ExchangeParts, string[], string[]]>([
    ["says nothing slight", says("KeyError: 'x'"), [], ["internals: request body not captured"]],
    ["says what is sure", says(trace), ["internals stack-trace"], []],
    ["says only what is sure", says("ORA-00001 in /var/www/courses/a"), ["internals sql"], []],
    ["is no matter where nothing is found", says("gone"), [], []],
  ])("a request body that is not captured: %s", async (_, parts, names, unknown) => {
    const result = await judge({ method: "POST", requestBodyState: "not-captured", ...parts });
    expect(result.names).toEqual(names);
    expect(result.unknown.filter((each) => each.startsWith("internals"))).toEqual(unknown);
    const cut = await judge({
      method: "POST",
      requestBody: '{"a',
      requestBodyState: "truncated",
      requestHeaders: { "content-type": "text/plain" },
      ...parts,
    });
    expect(cut.names).toEqual(names);
  });

  it("leaves out the contract's own words", async () => {
    const contract = await parseContract(
      `envelint: 1
title: t
envelopes: {api: {pointer: /error, members: {type: /type, code: /code, message: /message}}}
errors:
  - {name: a, status: 500, type: "java.lang.IllegalStateException: a", code: TypeError}
`,
      { file: "words.yaml" },
    );
    const error = { type: "java.lang.IllegalStateException: a", code: "TypeError", message: "TypeError: not a title" };
    expect((await judge({ body: { error } }, contract)).names).toEqual([]);
    expect((await judge({ body: { error: { ...error, message: "RangeError: not a title" } } }, contract)).names).toEqual([
      "internals exception-name",
    ]);
  });
});

/** In parts, so that no scanner takes it for a leak. */
const stripe = ["sk_", "live_", "9Qm3vT0xk9LrWz2uYpN6sD1f"].join("");
const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjcnNfNyJ9.Qm3vT0xk9LrWz2uYpN6sD1fGhJ8aKcVe";
const token = "tok7Qm3vT0xk+9Lr/Wz";
const withToken: ExchangeParts = { status: 401, requestHeaders: { Authorization: `Bearer ${token}` } };

describe("secret-echoed", () => {
  it.each<[string, ExchangeParts, string[]]>([
    ["in the message", says(`bad ${token}`, withToken), ["secret-echoed echoed"]],
    ["in a link", says(`/x?t=${encodeURIComponent(token)}`, withToken), ["secret-echoed echoed"]],
    ["in a header field", says("bad", { ...withToken, headers: { Location: `/login?t=${token}` } }), ["secret-echoed echoed"]],
    ["in a page", html(`<p>bad ${token}</p>`, withToken), ["secret-echoed echoed"]],
    ["in a gateway's page", html(`<p>bad ${token}</p><center>nginx</center>`, { ...withToken, status: 502 }), ["secret-echoed echoed"]],
    ["in several places: one finding", says(`bad ${token}`, { ...withToken, headers: { "X-A": token } }), ["secret-echoed echoed"]],
    ["without a scheme", says("bad 9Qm3vT0xk9", { requestHeaders: { Authorization: "9Qm3vT0xk9" } }), ["secret-echoed echoed"]],
    [
      "as a recording of probes writes it",
      says("bad <account:alice>", { requestHeaders: { Authorization: "Bearer <account:alice>" } }),
      ["secret-echoed echoed"],
    ],
    ["a part of a longer word", says(`bad ${token}X`, withToken), []],
    ["the end of a longer word", says(`badX${token}`, withToken), []],
    ["first in a longer word, then alone", says(`X${token} ${token}`, withToken), ["secret-echoed echoed"]],
    ["the last characters", says(`bad ...${token.slice(-4)}`, withToken), []],
    ["eight characters", says("bad 9Qm3vT0x", { requestHeaders: { Authorization: "Bearer 9Qm3vT0x" } }), ["secret-echoed echoed"]],
    ["short ones", says("bad 9Qm3vT0", { requestHeaders: { Authorization: "Bearer 9Qm3vT0" } }), []],
    ["the parameters of a scheme", says('bad nonce="9Qm3vT0xk9"', { requestHeaders: { Authorization: 'Digest nonce="9Qm3vT0xk9"' } }), []],
    ["a new cookie", says("bad", { ...withToken, headers: { "Set-Cookie": `a=${token}` } }), []],
    [
      "decoded",
      says("user:9Qm3vT0xk", { requestHeaders: { Authorization: `Bearer ${btoa("user:9Qm3vT0xk")}` } }),
      ["secret-echoed decoded"],
    ],
    ["a success", says(token, { ...withToken, status: 200 }), []],
    ["PHP's session", says("bad 9Qm3vT0xk9", { requestHeaders: { Cookie: "PHPSESSID=9Qm3vT0xk9" } }), ["secret-echoed echoed"]],
    ["Java's session", says("bad 9Qm3vT0xk9", { requestHeaders: { Cookie: "a=b; JSESSIONID=9Qm3vT0xk9" } }), ["secret-echoed echoed"]],
    ["Express's session", says("bad 9Qm3vT0xk9", { requestHeaders: { Cookie: "connect.sid=9Qm3vT0xk9" } }), ["secret-echoed echoed"]],
    ["another cookie", says("bad 9Qm3vT0xk9", { requestHeaders: { Cookie: "visitor=9Qm3vT0xk9" } }), []],
    [
      "a token against forgery",
      says("bad 9Qm3vT0xk9", { requestHeaders: { Cookie: "xsrf-token=9Qm3vT0xk9; _csrf_token=9Qm3vT0xk9" } }),
      [],
    ],
    ["another field", says("bad 9Qm3vT0xk9", { requestHeaders: { "X-Trace": "9Qm3vT0xk9" } }), []],
    ["what another field calls a session", says("bad 9Qm3vT0xk9", { requestHeaders: { "X-Note": "session=9Qm3vT0xk9" } }), []],
    ["a key's shape", says(`bad ${stripe}`), ["secret-echoed shape"]],
    ["a key is never handed out", says(stripe), ["secret-echoed shape"]],
    [
      "a key's shape and the own",
      says(`bad ${stripe}`, { ...withToken, headers: { "X-A": token } }),
      ["secret-echoed echoed", "secret-echoed shape"],
    ],
    ["a key that the request sent elsewhere", says(stripe, { url: `/keys/${stripe}` }), ["secret-echoed shape"]],
    ["a token among words", says(`bad ${jwt}`), ["secret-echoed shape"]],
    ["a token that is handed out", says(jwt), []],
    ["a token that came with the request", says(jwt, { url: `/v1/me?t=${jwt}` }), ["secret-echoed shape"]],
    ["a documentation's key", says(`Send ${stripe.slice(0, -8)}EXAMPLE1`), []],
  ])("%s", async (_, parts, names) => {
    expect((await judge(parts)).names).toEqual(names);
  });

  it("knows the credentials that the contract declares", async () => {
    const contract = await parseContract(
      `envelint: 1
title: t
envelopes: {api: {members: {type: /type, message: /message}}}
errors: [{name: a, status: 5XX, type: "9Qm3vT0xk8"}]
authentication: {credential: [{header: X-Key}, {cookie: visitor}, {query: key}]}
`,
      { file: "declared.yaml" },
    );
    const sent: ExchangeParts[] = [
      { requestHeaders: { "x-key": "9Qm3vT0xk9" } },
      { requestHeaders: { cookie: "visitor=9Qm3vT0xk9" } },
      { url: "/v1/courses?key=9Qm3vT0xk9" },
      { requestHeaders: { authorization: "Bearer 9Qm3vT0xk9" } },
    ];
    for (const parts of sent)
      expect((await judge({ ...parts, body: { m: "bad 9Qm3vT0xk9" } }, contract)).names).toEqual(["secret-echoed echoed"]);
    const other = { requestHeaders: { cookie: "theme=9Qm3vT0xk9" }, url: "/v1/courses?page=9Qm3vT0xk9" };
    expect((await judge({ ...other, body: { m: "bad 9Qm3vT0xk9" } }, contract)).names).toEqual([]);
    const own = { requestHeaders: { "x-key": "9Qm3vT0xk8" }, body: { type: "9Qm3vT0xk8", message: "bad" } };
    expect((await judge(own, contract)).names).toEqual([]);
  });

  it("is told once an answer, whatever shape it has", async () => {
    const { report, findings } = await judge(says(`bad ${stripe}`, { headers: { "X-A": stripe, "X-B": stripe } }));
    expect(report.findings.map(({ count }) => count)).toEqual([1]);
    expect(findings).toMatchObject([{ found: "a secret key of Stripe's", place: { pointer: "/error/message" } }]);
  });

  it("is told at the place", async () => {
    const { findings } = await judge(says("bad", { ...withToken, headers: { "X-A": token } }));
    expect(findings).toEqual([
      { name: "secret-echoed echoed", severity: "error", place: { kind: "header", name: "X-A" }, found: "the Authorization field's value" },
    ]);
  });

  it("never shows what it found", async () => {
    const decoded = "service:9Qm3vT0xkLongEnough";
    const pem = ["-----BEGIN PRIVATE ", "KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC"].join("");
    const secrets = [
      token,
      encodeURIComponent(token),
      stripe,
      jwt,
      "Zq81xKp0vT",
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
      decoded,
      "9Qm3vT0xkLongEnough",
    ];
    const { report, names } = await judge([
      says(`bad ${token} ${stripe} ${jwt}`, { ...withToken, headers: { "X-A": token, Location: `/login?x=${encodeURIComponent(token)}` } }),
      says(`bad ${stripe}, ${pem}`),
      { body: { error: { debug: [jwt, `bad ${jwt}`], [stripe]: `bad ${stripe}` } } },
      { body: { error: "postgresql://courses:Zq81xKp0vT@db.courses.example/prod" } },
      says(`bad ${decoded}`, { requestHeaders: { Authorization: `Bearer ${btoa(decoded)}` } }),
      html(`<p>bad ${token}</p>`, withToken),
    ]);
    expect(new Set(names)).toEqual(new Set(["secret-echoed echoed", "secret-echoed decoded", "secret-echoed shape"]));
    for (const text of [formatReport(report, "json"), formatReport(report, "pretty")])
      for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe("internal-address", () => {
  it.each<[string, ExchangeParts, string[]]>([
    ["in a text", says("to 10.1.7.23:5432"), ["internal-address in-body"]],
    ["several: one finding", { body: { a: "to 10.1.7.23:5432", b: "to 10.1.7.23:5432" } }, ["internal-address in-body"]],
    [
      "in fields, each",
      says("gone", { headers: { Via: "1.1 ip-10-0-0-1.ec2.internal (squid)", "X-Backend": "10.0.0.7" } }),
      ["internal-address in-header", "internal-address in-header"],
    ],
    [
      "in fields, each, be it the same address",
      says("gone", { headers: { "X-Upstream": "10.0.0.7", "X-Backend": "10.0.0.7" } }),
      ["internal-address in-header", "internal-address in-header"],
    ],
    ["in another field", says("gone", { headers: { "Content-Security-Policy": "default-src http://10.0.0.7" } }), []],
    ["a version's field", says("gone", { headers: { "X-Api-Version": "10.0.0.7" } }), []],
    ["named by the request's own field", says("10.0.0.7 is blocked", { requestHeaders: { "X-Forwarded-For": "10.0.0.7" } }), []],
    [
      "the second, where the request named the first",
      says("10.0.0.7 and 10.0.0.8", { requestHeaders: { "X-Forwarded-For": "10.0.0.7" } }),
      ["internal-address in-body"],
    ],
    ["an example", says("such as 10.0.0.7"), []],
    ["example, then another", says("e.g. 10.0.0.7, but not to 10.0.0.8"), ["internal-address in-body"]],
    ["a gateway's body", html("<p>10.0.0.7</p><center>nginx</center>", { status: 502 }), []],
    [
      "a gateway's field",
      html("<center>nginx</center>", { status: 502, headers: { "Content-Type": "text/html", "X-Upstream": "10.0.0.7:80" } }),
      ["internal-address in-header"],
    ],
    ["a success", says("10.0.0.7", { status: 200 }), []],
  ])("%s", async (_, parts, names) => {
    expect((await judge(parts)).names).toEqual(names);
  });

  it.each(["10.0.0.7", "localhost:8080", "courses.internal", "courses", "[fd12::7]:80"])(
    "is silent towards who is within: %s",
    async (host) => {
      expect((await judge(says("to 10.1.7.23:5432", { url: `http://${host}/v1` }))).names).toEqual([]);
    },
  );

  it("is told with the address", async () => {
    const { findings } = await judge(says("to 10.1.7.23:5432"));
    expect(findings).toEqual([
      { name: "internal-address in-body", severity: "warning", place: { kind: "body", pointer: "/error/message" }, found: '"10.1.7.23"' },
    ]);
  });

  it("cannot know what a request said that is not captured", async () => {
    const body = { a: "to 10.1.7.23", b: "to 10.1.7.24" };
    const { names, unknown, report } = await judge({
      method: "POST",
      requestBodyState: "not-captured",
      headers: { "X-A": "10.0.0.7" },
      body,
    });
    expect(report.coverage.notObservable.map(({ count }) => count)).toEqual([1]);
    expect(names).toEqual(["internal-address in-header"]);
    expect(unknown).toEqual(["internal-address: request body not captured"]);
  });

  it("leaves out the contract's own words", async () => {
    const text = `envelint: 1\ntitle: t\nerrors: [{name: a, status: 5XX, docs: "https://errors-2.internal:8080"}]\n`;
    const contract = await parseContract(text, { file: "docs.yaml" });
    expect((await judge({ body: { docs: "https://errors-2.internal:8080" } }, contract)).names).toEqual([]);
    expect((await judge({ body: { docs: "https://errors-2.internal:8080" } })).names).toEqual(["internal-address in-body"]);
  });
});

describe("version-banner", () => {
  it.each(["nginx/1.18.0", "Apache/2.4.41 (Ubuntu)", "Phusion Passenger 6.0.4", "Jetty(9.4.43)"])("%s", async (Server) => {
    expect((await judge({ headers: { Server } })).names).toEqual(["version-banner named"]);
  });

  it.each(["nginx", "cloudflare", "ECS (dcb/7EC9)", "courses/7"])("not %s", async (Server) => {
    expect((await judge({ headers: { Server } })).names).toEqual([]);
  });

  it("is told once of a server and a field, whatever the operation", async () => {
    const headers = { Server: "nginx/1.18.0", "X-Powered-By": "PHP/8.1.2" };
    const elsewhere = "https://other.example/v1/courses/c_2";
    const { report } = await judge([
      { headers },
      { headers: { ...headers, Server: "nginx/1.18.1" }, method: "POST", url: "/v1/courses/c_1/launch", status: 404 },
      { headers, url: elsewhere },
    ]);
    expect(report.findings.map(({ samples, count, row }) => [samples[0]?.place, count, row])).toEqual([
      [{ kind: "header", name: "Server" }, 2, null],
      [{ kind: "header", name: "X-Powered-By" }, 2, null],
    ]);
  });
});

describe("markup-reflected", () => {
  it("knows a media type that only the capture gives", async () => {
    const sent = makeExchange({ url: "/v1?q=%3Cb%3Ex", status: 500 });
    const exchange = { ...sent, response: { ...sent.response, body: makeBody("<p><b>x</p>", "present", "text/html") } };
    const report = await judgeExchanges([exchange], builtin, disclosure);
    expect(report.findings.map(({ note }) => note)).toEqual(["reflected"]);
  });

  it.each<[string, ExchangeParts, string[]]>([
    ["a field of JSON", html("<p><b>x</b></p>", { method: "POST", requestBody: { title: "<b>x</b>" } }), ["markup-reflected reflected"]],
    [
      "a field of a form",
      html("<p><b>x</b></p>", {
        method: "POST",
        requestHeaders: { "content-type": "Application/X-WWW-Form-Urlencoded" },
        requestBody: "t=%3Cb%3Ex%3C%2Fb%3E",
      }),
      ["markup-reflected reflected"],
    ],
    [
      "a text",
      html("<p><b>x</b></p>", { method: "POST", requestHeaders: { "content-type": "text/plain" }, requestBody: "<b>x</b>" }),
      ["markup-reflected reflected"],
    ],
    ["four characters", html("<p><b>x</p>", { url: "/v1?q=%3Cb%3Ex" }), ["markup-reflected reflected"]],
    ["three characters", html("<p><b></p>", { url: "/v1?q=%3Cb%3E" }), []],
    ["a quote that ends an attribute", html("<input value='a'b c'>", { url: "/v1?q=a%27b%20c" }), ["markup-reflected reflected"]],
    ["a quote behind a tag's end", html("<a href='/'>Euler's</a>", { url: "/v1?q=Euler%27s" }), []],
    ["plain words", html("<p>algebra</p>", { url: "/v1?q=algebra" }), []],
    ["a word of JavaScript", html("<p>undefined</p>", { url: "/v1?q=undefined" }), []],
    ["not repeated", html("<p>Gone</p>", { url: "/v1?q=%3Cb%3Ex" }), []],
    ["a gateway's page", html("<p><b>x</p><center>nginx</center>", { url: "/v1?q=%3Cb%3Ex", status: 502 }), []],
    ["another media type", { headers: { "Content-Type": "text/plain" }, body: "<p><b>x</p>", url: "/v1?q=%3Cb%3Ex" }, []],
  ])("%s", async (_, parts, names) => {
    expect(await judge(parts)).toMatchObject({ names, unknown: [] });
  });
});

describe("crashed-on-bad-input", () => {
  const bad: ExchangeParts = {
    method: "POST",
    requestHeaders: { "content-type": "application/json; charset=utf-8" },
    requestBody: '{"title":',
  };

  it.each<[string, ExchangeParts, string[]]>([
    ["500", bad, ["crashed-on-bad-input bad-json"]],
    ["505", { ...bad, status: 505 }, ["crashed-on-bad-input bad-json"]],
    ["499", { ...bad, status: 499 }, []],
    ["501", { ...bad, status: 501, body: {} }, []],
    ["502", { ...bad, status: 502, body: {} }, []],
    ["503", { ...bad, status: 503, body: {} }, []],
    ["504", { ...bad, status: 504, body: {} }, []],
    ["a gateway", { ...bad, ...html("<center>nginx</center>") }, []],
    [
      "JSON by its suffix",
      { ...bad, requestHeaders: { "content-type": "application/merge-patch+json" } },
      ["crashed-on-bad-input bad-json"],
    ],
    ["another media type", { ...bad, requestHeaders: { "content-type": "text/plain" } }, []],
    ["no media type", { ...bad, requestHeaders: {} }, []],
    ["no body", { ...bad, requestBody: null }, []],
    ["a byte order mark", { ...bad, requestBody: '\uFEFF{"title":"x"}' }, []],
    ["lines of JSON", { ...bad, requestBody: '{"a":1}\n\n{"a":2}\n' }, []],
    ["lines of JSON and one that is not", { ...bad, requestBody: '{"a":1}\n{"a":' }, ["crashed-on-bad-input bad-json"]],
    ["a masked value", { ...bad, requestBody: '{"a":***}' }, []],
    ["an address", { url: "/v1/a%2" }, ["crashed-on-bad-input bad-url"]],
    ["a query", { url: "/v1?q=100%" }, ["crashed-on-bad-input bad-url"]],
    ["a good address", { url: "/v1/a%2F?q=%c3" }, []],
    ["a probe's malformed input", { probe: { id: "auth/malformed", live: false } }, ["crashed-on-bad-input bad-probe"]],
    ["another probe", { probe: { id: "auth/missing", live: true } }, []],
  ])("%s", async (_, parts, names) => {
    expect((await judge(parts)).names).toEqual(names);
  });

  it("knows a media type that only the capture gives", async () => {
    const sent = makeExchange({ ...bad, requestHeaders: {}, status: 500 });
    const exchange = { ...sent, request: { ...sent.request, body: makeBody('{"title":', "present", "application/json") } };
    const report = await judgeExchanges([exchange], builtin, disclosure);
    expect(report.findings.map(({ note }) => note)).toEqual(["bad-json"]);
  });

  it.each([
    ["idem/too-long", "a key's length"],
    ["header/oversized", "413, 414 or 431"],
    ["body/oversized", "413, 414 or 431"],
    ["method/unknown", "405 and Allow"],
    ["auth/malformed", "a credential's form"],
    ["body/wrong-type", "before its members are used"],
    ["query-malformed", "what the parser throws"],
  ])("names what a probe sent, and how to mend it: %s", async (id, advice) => {
    const { findings } = (await judge([id, id, "idem/empty"].map((id) => ({ probe: { id, live: true } })))).report;
    expect(findings.map(({ message, count }) => [message, count])).toEqual([
      [`Malformed input (${id}) was answered by a 500.`, 2],
      ["Malformed input (idem/empty) was answered by a 500.", 1],
    ]);
    expect(findings[0]?.advice).toContain(advice);
  });

  it("is an error where envelint itself sent it", async () => {
    const severity = async (live: boolean) => (await judge({ ...bad, probe: { id: "body/malformed", live } })).findings[0]?.severity;
    expect([await severity(true), await severity(false), (await judge(bad)).findings[0]?.severity]).toEqual([
      "error",
      "warning",
      "warning",
    ]);
  });

  it.each<[string, ExchangeParts, string[]]>([
    ["not captured", { ...bad, requestBodyState: "not-captured" }, ["request body not captured"]],
    ["cut off", { ...bad, requestBodyState: "truncated" }, ["request body cut off in the capture"]],
    ["redacted", { ...bad, requestBody: '{"a":[REDACTED]}' }, ["request body redacted in the capture"]],
    ["not captured, and not JSON", { ...bad, requestBodyState: "not-captured", requestHeaders: { "content-type": "text/plain" } }, []],
    ["not captured, and answered rightly", { ...bad, requestBodyState: "not-captured", status: 400 }, []],
  ])("cannot know a request body that is %s", async (_, parts, reasons) => {
    const { names, unknown } = await judge(parts);
    expect(names).toEqual([]);
    expect(unknown).toEqual(reasons.map((reason) => `crashed-on-bad-input: ${reason}`));
  });
});

describe("an answer's body", () => {
  const rules = ["internal-address", "internals", "secret-echoed"];

  it.each<[string, ExchangeParts, string[]]>([
    ["not captured", { bodyState: "not-captured" }, rules.map((rule) => `${rule}: body not captured`)],
    ["cut off", { body: '{"a', bodyState: "truncated" }, rules.map((rule) => `${rule}: body cut off in the capture`)],
    [
      "not captured, a page",
      { bodyState: "not-captured", headers: { "Content-Type": "text/html" } },
      ["internal-address", "internals", "markup-reflected", "secret-echoed"].map((rule) => `${rule}: body not captured`),
    ],
    ["that HEAD has none", { method: "HEAD" }, []],
    ["empty", { body: null }, []],
    ["cut off, and enough", { body: `{"a 10.0.0.7 ${stripe} ${trace}`, bodyState: "truncated" }, []],
    [
      "cut off, a page, and enough",
      {
        url: "/v1?q=%3Cb%3Ex",
        headers: { "Content-Type": "text/html" },
        body: `<b>x</b> 10.0.0.7 ${stripe} ${trace}`,
        bodyState: "truncated",
      },
      [],
    ],
  ])("%s", async (_, parts, unknown) => {
    expect((await judge(parts)).unknown).toEqual(unknown);
  });
});

describe("time", () => {
  it.each(["at a.b(", 'File "', "10.", "eyJ-", "/home/a/"])("looks at the beginning of a body of 1 MB that repeats %j", async (seed) => {
    const text = seed.repeat(1_000_000 / seed.length);
    const start = process.cpuUsage().user;
    expect((await judge(says(text))).names).toEqual([]);
    expect((await judge(html(`<p>${text}`, { method: "POST", requestBody: { text } }))).names).toEqual([]);
    expect(process.cpuUsage().user - start).toBeLessThan(4_000_000);
  });
});
