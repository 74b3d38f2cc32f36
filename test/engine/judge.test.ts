import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { judge } from "../../src/engine/judge.ts";
import { type RuleSettings, selectRules } from "../../src/engine/settings.ts";
import type { CaptureEvent } from "../../src/model/capture.ts";
import { type Severity, subjects } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";

const contract = await loadContract();

interface Options {
  readonly servers?: readonly string[];
  readonly failOn?: Severity | "never";
  readonly settings?: RuleSettings;
  readonly extra?: readonly Rule[];
  readonly events?: readonly CaptureEvent[];
}

async function run(exchanges: readonly ExchangeParts[], options: Options = {}): Promise<Report> {
  return judge(
    {
      names: ["test.har"],
      async *batches() {
        for (const [entry, parts] of exchanges.entries())
          yield [{ kind: "exchange", exchange: makeExchange({ entry, ...parts }) } as const];
        yield options.events ?? [];
      },
    },
    {
      contract,
      rules: selectRules([...rules, ...(options.extra ?? [])], options.settings ?? []),
      servers: options.servers ?? [],
      subjects,
      failOn: options.failOn ?? "error",
      maxSamples: 5,
      version: "0.0.0",
    },
  );
}

const error = (type: string, code?: string) => ({ detail: { error: { type, ...(code && { code }), message: "Something is wrong." } } });
const notFound: ExchangeParts = { status: 404, body: error("not_found_error", "course_not_found") };
const forbidden: ExchangeParts = { status: 403, body: error("permission_error") };
const elsewhere = (parts: ExchangeParts): ExchangeParts => ({ ...parts, url: "https://cdn.example.net/v1/courses/c_1" });

describe("what is not the API's own", () => {
  const proxied: ExchangeParts = {
    status: 502,
    headers: { "content-type": "text/html", server: "nginx" },
    body: "<h1>502 Bad Gateway</h1><hr><center>nginx</center>",
  };

  it("puts no promise to the test, and is not green", async () => {
    const report = await run([proxied, proxied], { servers: ["https://api.example.com"] });
    expect(report.findings.map(({ rule }) => rule)).toEqual(["envelope/gateway-answer"]);
    expect(report.unjudged).toEqual([
      "No promise was put to the test: of the 2 error answers in scope none was seen whole that is the API's own.",
    ]);
    expect((await run([proxied, notFound], { servers: ["https://api.example.com"] })).unjudged).toEqual([]);
  });
});

describe("where a finding of no one row is promised", () => {
  it("is the first row that the answer could have meant, else the table", async () => {
    const promises = async (parts: ExchangeParts) => (await run([parts])).findings.map(({ rule, promise }) => [rule, promise]);
    const row = contract.rows.find(({ status, type }) => status.text === "404" && type.accepts("not_found_error"));
    expect(await promises({ status: 404, body: error("not_found_error", "no_such_thing") })).toEqual([
      ["pairing/code-mismatch", { file: contract.file, line: row?.source.line }],
    ]);
    expect(await promises({ status: 418, body: error("not_found_error", "course_not_found") })).toContainEqual([
      "pairing/status-undocumented",
      { file: contract.file, line: contract.table.line },
    ]);
  });
});

describe("scope", () => {
  it("is the servers that answer in the contract's envelope; others are counted, not judged", async () => {
    const report = await run([notFound, elsewhere({ status: 500, headers: { "content-type": "text/html" }, body: "<html>Oops</html>" })]);
    expect(report.verdict).toBe("kept");
    expect(report.seen.inScope).toEqual([{ server: "https://api.example.com", exchanges: 1, errors: 1 }]);
    expect(report.seen.outOfScope).toEqual([{ server: "https://cdn.example.net", exchanges: 1, errors: 1 }]);
    expect(report.seen.notJudged).toEqual({ "out-of-scope": 1 });
  });

  it("falls back to the servers that answer an error as JSON on a declared operation", async () => {
    const report = await run([{ status: 404, body: { reason: "nope" } }]);
    expect(report.findings.map((finding) => finding.rule)).toEqual(["envelope/missing"]);
  });

  it("is nothing, and no green, where no server shows that the contract is its own", async () => {
    const report = await run([
      { url: "https://cdn.example.net/logo.png", status: 404, body: "<html></html>", headers: { "content-type": "text/html" } },
    ]);
    expect(report.verdict).toBe("unjudged");
    expect(report.unjudged).toEqual([
      "Nothing in scope: of 1 exchange no error was answered in the contract's envelope; the servers seen were https://cdn.example.net. Name the API's with --server.",
    ]);
  });

  it("is what the prefixes say, by whole path segments and host", async () => {
    const report = await run(
      [
        notFound,
        { ...notFound, url: "https://api.example.com.evil.net/v1/courses/c" },
        { ...notFound, url: "https://api.example.com/v10/courses/c" },
      ],
      {
        servers: ["https://API.example.com:443/v1/"],
      },
    );
    expect(report.seen.judged).toBe(1);
    expect(report.seen.notJudged).toEqual({ "out-of-scope": 2 });
  });

  it("takes a host without a scheme for both", async () => {
    const report = await run([notFound, { ...notFound, url: "http://api.example.com/v1/courses/c" }], { servers: ["api.example.com"] });
    expect(report.seen.judged).toBe(2);
  });

  it("is no green where all that was in scope succeeded", async () => {
    const report = await run([{ status: 200, body: { id: "c_1" } }], { servers: ["https://api.example.com"] });
    expect(report.verdict).toBe("unjudged");
    expect(report.unjudged).toEqual(["No error was answered in scope (1 exchange, all successes): no promise was put to the test."]);
  });
});

describe("verdict", () => {
  it("is broken by a finding at the level or above, and not below", async () => {
    expect((await run([notFound, forbidden])).verdict).toBe("broken");
    expect((await run([notFound, forbidden], { failOn: "never" })).verdict).toBe("kept");
    const settings = [["*", "note"]] as const;
    expect((await run([notFound, forbidden], { settings })).verdict).toBe("kept");
    expect((await run([notFound, forbidden], { settings, failOn: "note" })).verdict).toBe("broken");
  });

  it("keeps what could not be read apart from what is broken", async () => {
    const fault = { capture: "b.har", severity: "error", message: "cut off" } as const;
    const report = await run([notFound], { events: [{ kind: "fault", fault }] });
    expect(report.verdict).toBe("unjudged");
    expect(report.unjudged).toEqual(["b.har: cut off"]);
  });
});

describe("a rule that crashes", () => {
  const crashing: Rule = {
    id: "test/crashing",
    summary: "crashes",
    severity: "error",
    needs: "exchange",
    advice: "",
    watch: () => ({
      error() {
        throw new Error("boom");
      },
    }),
  };

  it("names itself and the exchange, is heard no more, and fails the run; the others go on", async () => {
    const report = await run([notFound, forbidden, forbidden], { extra: [crashing] });
    expect(report.unjudged).toHaveLength(1);
    expect(report.unjudged[0]).toMatch(/test\/crashing crashed on test\.har entry 0 \(boom\)/);
    expect(report.findings.map((finding) => [finding.rule, finding.count])).toContainEqual(["masking/existence-revealed", 2]);
  });
});

describe("an audit with every rule switched off", () => {
  it("is no green", async () => {
    const report = await run([notFound], { settings: [["*", "off"]] });
    expect(report.verdict).toBe("unjudged");
    expect(report.unjudged).toEqual(["Every rule is switched off: nothing was checked."]);
  });
});

describe("servers without number", () => {
  it("are bounded; what may have been the API's is no green", async () => {
    const others = Array.from({ length: 5_010 }, (_, n): ExchangeParts => ({ url: `https://h${n}.example/` }));
    const report = await run([...others, notFound]);
    expect(report.seen.outOfScope.at(-1)).toEqual({ server: "others (not told apart)", exchanges: 11, errors: 0 });
    expect(report.unjudged.join(" ")).toContain("could not be told apart");
    expect((await run([notFound, ...others], { servers: ["https://api.example.com"] })).verdict).toBe("kept");
  });
});

describe("findings", () => {
  const say = messages({ seen: (code: string) => `Saw ${code}.` });
  const echoing: Rule = {
    id: "test/echoing",
    summary: "tells every code",
    severity: "note",
    needs: "exchange",
    advice: "Nothing to do.",
    watch: ({ tell }) => ({
      error(answer) {
        const code = String(answer.meetings[0]?.object?.role("code")?.value);
        tell({ on: answer, say: say.seen(code), place: { kind: "status" }, expected: "", found: code, detail: code });
      },
    }),
  };

  it("of one kind are at most a thousand; the rest is one that counts them, last of its severity, and that is told", async () => {
    const letters = "abcdefghijklmnopqrstuvwxyz";
    const codes = Array.from(
      { length: 1500 },
      (_, n) => `code_${letters[n % 26]}${letters[Math.floor(n / 26) % 26]}${letters[Math.floor(n / 676)]}`,
    );
    const report = await run(
      codes.map((code) => ({ status: 400, body: error("invalid_request_error", code) })),
      { extra: [echoing] },
    );
    const told = report.findings.filter((finding) => finding.rule === "test/echoing");
    expect(told).toHaveLength(1001);
    expect(told.at(-1)).toMatchObject({ others: true, count: 500, operation: "other", row: null });
    expect(told.at(-2)?.count).toBe(1);
    expect(report.remarks).toContainEqual(expect.stringMatching(/^\d+ sightings are of more kinds than a report lists/));
  });

  it("have the same fingerprints whatever the order, host and ids", async () => {
    const on = (host: string, id: string) => [
      { ...notFound, url: `https://${host}/v1/courses/${id}` },
      { ...forbidden, url: `https://${host}/v1/courses/${id}` },
    ];
    const prints = async (exchanges: readonly ExchangeParts[]) =>
      (await run(exchanges)).findings.map((finding) => finding.fingerprint).sort();
    expect(await prints(on("a.example", "c_1"))).toEqual(await prints(on("b.example", "c_2").reverse()));
  });
});

describe("settings", () => {
  it("name the nearest rule for one that does not exist", () => {
    expect(() => selectRules(rules, [["envelope/not-jsn", "off"]])).toThrow(
      'There is no rule "envelope/not-jsn". Did you mean "envelope/not-json"?',
    );
  });

  it.each([
    ["*/*", 36],
    ["*", 36],
    ["mask*/exist*", 1],
    ["masking/*", rules.filter(({ id }) => id.startsWith("masking/")).length],
    ["*retry*missing", 1],
  ])("take %s for a pattern of any characters", (pattern, count) => {
    const { length } = rules;
    const met = selectRules(rules, [
      ["*", "off"],
      [pattern, "note"],
    ]).length;
    expect(met).toBe(count === 36 ? length : count);
  });

  it("switch a family off and one of it on again, the later winning", () => {
    const ids = selectRules(rules, [
      ["masking/*", "off"],
      ["masking/existence-revealed", "warning"],
    ]).map(({ rule }) => rule.id);
    expect(ids.filter((id) => id.startsWith("masking/"))).toEqual(["masking/existence-revealed"]);
  });
});
