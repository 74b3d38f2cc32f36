import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../src/audit.ts";
import { type DiffOptions, diff } from "../src/diff.ts";
import type { Report } from "../src/model/report.ts";
import { playGood } from "./kit/record/good.ts";
import { writeHar } from "./kit/record/har.ts";
import { provocations } from "./kit/record/provocations.ts";
import { openSession, publicHost, type Session } from "./kit/record/session.ts";
import type { Provocation } from "./kit/server/fault.ts";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-diff-"));
  for (const side of ["before", "after"]) mkdirSync(join(cwd, side));
});
afterAll(() => rmSync(cwd, { recursive: true }));

type Script = (session: Session) => Promise<unknown>;

/** What a server of its own, with these faults, answers to a script. */
async function record(script: Script, ...faults: string[]): Promise<string> {
  const session = await openSession();
  try {
    session.server.use(...faults);
    await script(session);
    return writeHar(session.log, "one side");
  } finally {
    await session.close();
  }
}

/** The same thing three times over, with other ids, minutes apart. */
function thrice(provocation: Provocation, salts = ["0001", "0002", "0003"]): Script {
  return async (session) => {
    for (const salt of salts) {
      await provocations[provocation](session, salt);
      session.wait(300);
    }
  };
}

type Answer = [status: number, path: string, scenario?: string];

/** A capture of answers that hold an error object, where they are errors. */
function har(...answers: Answer[]): string {
  const entries = answers.map(([status, path, _scenario]) => ({
    startedDateTime: "2026-01-05T12:00:00.000Z",
    time: 1,
    ...(_scenario && { _scenario }),
    request: {
      method: "GET",
      url: `https://${publicHost}${path}`,
      httpVersion: "HTTP/1.1",
      headers: [],
      cookies: [],
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      headers: [
        { name: "Content-Type", value: "application/json" },
        { name: "Retry-After", value: "5" },
      ],
      cookies: [],
      content: {
        size: 1,
        mimeType: "application/json",
        text: JSON.stringify(
          status < 400 ? { id: "a" } : { detail: { error: { type: "not_found_error", code: "course_not_found", message: "No." } } },
        ),
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: 1,
    },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  }));
  return JSON.stringify({ log: { version: "1.2", creator: { name: "kit", version: "1" }, entries } });
}

async function compare(before: string, after: string, options: DiffOptions = {}): Promise<Report> {
  writeFileSync(join(cwd, "before", "one.har"), before);
  writeFileSync(join(cwd, "after", "one.har"), after);
  return diff("before", "after", { cwd, maxSamples: 0, ...options });
}

/** `status-changed 404 -> 403`. */
function told({ findings }: Report): string[] {
  return findings
    .flatMap(({ rule, samples }) => samples.map(({ expected, found }) => `${rule.replace("stability/", "")} ${expected} -> ${found}`))
    .filter((line, index, all) => all.indexOf(line) === index)
    .sort();
}

describe("a change of the server is told, either way", () => {
  it.each<[Provocation, string, string[], string[]]>([
    ["foreign course", "course-admitted", ["status-changed 404 -> 403"], ["status-changed 403 -> 404"]],
    ["bad field", "status-422", ["status-changed 400 -> 422"], ["status-changed 422 -> 400"]],
    ["crash", "status-503", ["status-changed 500 -> 503"], ["status-changed 503 -> 500"]],
    ["launch without key", "key-not-required", ["status-changed 400 -> 200"], ["status-changed 200 -> 400"]],
    [
      "missing course",
      "type-misspelt",
      ["type-changed not_found_error -> not-found_error"],
      ["type-changed not-found_error -> not_found_error"],
    ],
    ["crash", "html-page", ["type-changed server_error -> no error object"], ["type-changed no error object -> server_error"]],
    [
      "missing course",
      "code-unknown",
      ["code-changed course_not_found -> no_such_course"],
      ["code-changed no_such_course -> course_not_found"],
    ],
    ["quota", "quota-code-missing", ["code-changed quota_exceeded -> none"], ["code-changed none -> quota_exceeded"]],
    ["quota", "message-missing", ["member-removed string -> absent"], ["member-added absent -> string"]],
    ["crash", "message-number", ["member-type-changed string -> number"], ["member-type-changed number -> string"]],
    ["crash", "extra-member", ["member-added absent -> string"], ["member-removed string -> absent"]],
    ["rate limit", "retry-after-missing", ["header-removed Retry-After -> no such header"], []],
    [
      "crash",
      "envelope-elsewhere",
      ["member-added absent -> object", "member-removed object -> absent"],
      ["member-added absent -> object", "member-removed object -> absent"],
    ],
  ])("%s, %s", async (provocation, fault, forth, back) => {
    const [right, wrong] = [await record(thrice(provocation)), await record(thrice(provocation), fault)];
    expect(told(await compare(right, wrong))).toEqual(forth);
    expect(told(await compare(wrong, right))).toEqual(back);
    expect(told(await compare(right, right))).toEqual([]);
    expect(told(await compare(wrong, wrong))).toEqual([]);
  });
});

describe("one request among others that differ in nothing but an id", () => {
  const thriceEach = (...answers: Answer[]) => har(...[1, 2, 3].flatMap(() => answers));
  const [foreign, missing] = ["/v1/courses/crs_2", "/v1/courses/crs_zzz"];

  it.each([
    [404, 403],
    [403, 404],
  ])("is compared with itself: %d -> %d", async (before, after) => {
    const report = await compare(thriceEach([before, foreign], [404, missing]), thriceEach([after, foreign], [404, missing]));
    expect(told(report)).toEqual([`status-changed ${before} -> ${after}`]);
    expect(exitCodeOf(report)).toBe(1);
    expect(report.coverage.notObservable).toEqual([]);
  });

  it("is not green where all that differs may be other ids of the same answers", async () => {
    const report = await compare(thriceEach([403, foreign], [404, missing]), thriceEach([404, foreign], [403, missing]));
    expect(report).toMatchObject({ verdict: "unjudged", findings: [], unjudged: [expect.stringMatching(/^Nothing could be judged/)] });
    expect(report.coverage.notObservable).toEqual([
      { rule: "stability/status-changed", reason: "depends on the state of the server", count: 2 },
    ]);
  });
});

describe("what is no change of the server's errors", () => {
  const some = thrice("missing course");

  it("the whole of its conduct, recorded twice", async () => {
    const report = await compare(await record(playGood), await record(playGood));
    expect(report).toMatchObject({ verdict: "kept", findings: [], unjudged: [] });
    expect(report.coverage.notObservable).toEqual([]);
  });

  it("other ids, in another order, on another host, later", async () => {
    const after = await record(async (session) => {
      session.wait(86_400);
      await thrice("missing preset", ["0007"])(session);
      await thrice("missing course", ["0009", "0008", "0007"])(session);
    });
    const before = await record(async (session) => {
      await some(session);
      await thrice("missing preset", ["0001"])(session);
    });
    const report = await compare(before, after.replaceAll(publicHost, "staging.courses.example"));
    expect(report).toMatchObject({ verdict: "kept", findings: [] });
    expect(report.seen.inScope.map(({ server }) => server).sort()).toEqual([`https://${publicHost}`, "https://staging.courses.example"]);
  });

  it("requests that only one side has; they are counted", async () => {
    const both = async (session: Session) => {
      await some(session);
      await thrice("no credential", ["0001"])(session);
    };
    const report = await compare(await record(both), await record(some));
    expect(report).toMatchObject({ verdict: "kept", findings: [] });
    expect(report.coverage.notObservable).toEqual([
      { rule: "stability/status-changed", reason: "no counterpart after the change", count: 1 },
    ]);
    const back = await compare(await record(some), await record(both));
    expect(back).toMatchObject({ verdict: "kept", findings: [] });
    expect(back.coverage.notObservable).toEqual([
      { rule: "stability/status-changed", reason: "no counterpart before the change", count: 1 },
    ]);
  });

  it("its messages, unless the contract has nothing else", async () => {
    const [before, after] = [await record(some), (await record(some)).replaceAll("There is no course", "We know no course")];
    expect(told(await compare(before, after))).toEqual([]);
    writeFileSync(
      join(cwd, "text.yaml"),
      "envelint: 1\ntitle: T\nenvelopes: {api: {pointer: /detail/error, members: {message: /message}, required: [message]}}\nerrors: [{name: any, status: 4XX}]",
    );
    const text = ["message-changed There is no course '{id}'. -> We know no course '{id}'."];
    const alone = await compare(before, after, { contract: "text.yaml" });
    expect(told(alone)).toEqual(text);
    expect(alone.verdict).toBe("broken");
    expect(told(await compare(before, after, { rules: [["stability/message-changed", "warning"]] }))).toEqual(text);
    const off = await compare(before, after, { contract: "text.yaml", rules: [["stability/message-changed", "off"]] });
    expect(told(off)).toEqual([]);
  });
});

describe("a report of diff", () => {
  it("shows the answer of after, and names that of before", async () => {
    const script = thrice("missing course", ["0001"]);
    const report = await compare(await record(script), await record(script, "code-unknown"));
    expect(report.verdict).toBe("broken");
    expect(exitCodeOf(report)).toBe(1);
    expect(report.findings).toMatchObject([
      {
        rule: "stability/code-changed",
        severity: "error",
        operation: "anyCourse",
        row: "course-not-found",
        message: "The code of this 404 was course_not_found before the change, and is now no_such_course.",
        samples: [
          {
            capture: "after/one.har",
            entry: 0,
            line: 10,
            place: { kind: "body", pointer: "/detail/error/code" },
            related: [{ capture: "before/one.har", entry: 0 }],
          },
        ],
      },
    ]);
    expect(report.seen).toMatchObject({ captures: 2, exchanges: 2, errors: 2 });
  });

  it("names each capture's own lines, whichever side it is on", async () => {
    const script = thrice("missing course");
    const report = await compare(await record(script), await record(script, "extra-member", "code-unknown"));
    for (const { samples } of report.findings) for (const { line } of samples) expect(line).toBeGreaterThan(1);
  });

  it("finds the account that the user named on one side or both", async () => {
    const har = await record(thrice("missing course"));
    const kept = await compare(har, har, { accounts: [{ name: "alice", pattern: "*/one.har" }] });
    expect(kept).toMatchObject({ verdict: "kept", unjudged: [] });
    const other = await compare(har, har, { accounts: [{ name: "carol", pattern: "after/one.har" }] });
    expect(other.unjudged).toEqual([expect.stringMatching(/^Nothing could be compared: what was refused/)]);
    const none = await compare(har, har, { accounts: [{ name: "alice", pattern: "nowhere/*.har" }] });
    expect(none.unjudged).toEqual([expect.stringContaining("account alice: nowhere/*.har matches none of the captures")]);
  });

  it("tells how far it is, over both sides", async () => {
    const har = await record(thrice("missing course", ["0001"]));
    const steps: { bytes: number; entries: number; errors: number }[] = [];
    await compare(har, har, { onProgress: (step) => steps.push(step) });
    expect(steps.at(-1)).toMatchObject({ bytes: 2 * Buffer.byteLength(har), entries: 2, errors: 2 });
  });

  it("runs the rules of changes alone", async () => {
    const har = await record(thrice("rate limit", ["0001"]), "retry-after-missing");
    expect((await compare(har, har)).findings).toEqual([]);
  });
});

describe("nothing to compare is never green", () => {
  const missing = thrice("missing course");

  it("no request in common", async () => {
    const report = await compare(await record(missing), await record(thrice("no credential", ["0001"])));
    expect(report.verdict).toBe("unjudged");
    expect(exitCodeOf(report)).toBe(2);
    expect(report.unjudged).toEqual([
      "Nothing could be compared: what was refused on one side was not asked for, by the same kind of account, on the other. Record the same scenarios twice.",
    ]);
  });

  it("a side without exchanges", async () => {
    const empty = '{"log":{"version":"1.2","creator":{"name":"kit","version":"1"},"entries":[]}}';
    const har = await record(missing);
    expect((await compare(har, empty)).unjudged).toEqual(["The captures of after hold no exchange: there is nothing to compare with."]);
    expect((await compare(empty, har)).unjudged).toEqual(["The captures of before hold no exchange: there is nothing to compare with."]);
    expect((await compare(empty, empty)).unjudged).toEqual(["No exchange was read: there is nothing to judge."]);
  });

  it("a side without captures", async () => {
    await compare(await record(missing), "{}");
    expect((await diff("before", "befor", { cwd })).unjudged).toEqual(["befor: there is no file befor"]);
    expect((await diff("befor", "before", { cwd })).unjudged).toEqual(["befor: there is no file befor"]);
  });

  it("no error on either side", async () => {
    const har = await record((session) => session.send({ as: "alice", method: "GET", path: "/v1/courses" }));
    const report = await compare(har, har, { servers: `https://${publicHost}` });
    expect(report.unjudged).toEqual([expect.stringMatching(/^No error was answered in scope/)]);
  });

  it("a host that does not speak the contract any more", async () => {
    const after = (await record(missing, "type-misspelt")).replaceAll(publicHost, "next.courses.example");
    const report = await compare(await record(missing), after);
    expect(report.unjudged).toEqual([
      "Nothing could be compared in scope: after the change https://next.courses.example answered, and not as the contract says. Name it with --server.",
    ]);
    const named = await compare(await record(missing), after, { servers: [publicHost, "next.courses.example"] });
    expect(told(named)).toEqual(["type-changed not_found_error -> not-found_error"]);
  });

  it("a host out of scope, where what it answered differs by chance", async () => {
    const after = har([429, "/v1/courses/a"]).replaceAll(publicHost, "next.courses.example").replaceAll("not_found_error", "gone");
    const report = await compare(har([404, "/v1/courses/a"]), after);
    expect(report.unjudged).toEqual([expect.stringMatching(/^Nothing could be compared in scope: after the change https:..next/)]);
  });

  it("every rule switched off", async () => {
    const har = await record(missing);
    expect((await compare(har, har, { rules: [["stability/*", "off"]] })).unjudged).toEqual([
      "Every rule is switched off: nothing was checked.",
    ]);
  });
});

describe("judgement that is withheld is never green without a word", () => {
  const withheld =
    "Nothing could be judged: every difference may be chance, or the state that the server was in. Record each request three times on both sides, or name its scenario (_scenario of a HAR entry, or its comment).";
  const one = "/v1/courses/a";
  const few = "fewer than three answers on one side";
  const state = "depends on the state of the server";

  it.each<[string, Answer[], Answer[], string]>([
    ["404 -> 200", [[404, one]], [[200, one]], state],
    ["200 -> 404", [[200, one]], [[404, one]], state],
    ["404 -> 429", [[404, one]], [[429, one]], few],
    ["404 -> 503", [[404, one]], [[503, one]], few],
    [
      "404 -> 200 and 503",
      [[404, one]],
      [
        [200, one],
        [503, one],
      ],
      few,
    ],
  ])("%s", async (_, before, after, reason) => {
    const report = await compare(har(...before), har(...after));
    expect(report).toMatchObject({ verdict: "unjudged", findings: [], unjudged: [withheld] });
    expect(exitCodeOf(report)).toBe(2);
    expect(report.coverage.notObservable).toEqual([{ rule: "stability/status-changed", reason, count: 1 }]);
  });

  it.each<[string, Answer[], Answer[]]>([
    ["the same error", [[404, "/v1/presets/a"]], [[404, "/v1/presets/a"]]],
    [
      "a success among errors",
      [
        [404, "/v1/presets/a"],
        [200, "/v1/presets/a"],
      ],
      [[200, "/v1/presets/a"]],
    ],
    [
      "a success among successes",
      [[200, "/v1/presets/a"]],
      [
        [503, "/v1/presets/a"],
        [200, "/v1/presets/a"],
      ],
    ],
  ])("unless something else was judged: %s; the rest is counted", async (_, before, after) => {
    const report = await compare(har([404, one], ...before), har([429, one], ...after));
    expect(report).toMatchObject({ verdict: "kept", unjudged: [] });
    expect(report.coverage.notObservable).toEqual([{ rule: "stability/status-changed", reason: few, count: 1 }]);
  });

  it("and what is told is judged", async () => {
    const report = await compare(har([404, one]), har([403, one]));
    expect(report).toMatchObject({ verdict: "broken", unjudged: [] });
    expect(told(report)).toEqual(["status-changed 404 -> 403"]);
  });

  it("nor where the rule of the status is switched off", async () => {
    const report = await compare(har([404, one]), har([429, one]), { rules: [["stability/status-changed", "off"]] });
    expect(report).toMatchObject({ verdict: "unjudged", unjudged: [withheld] });
  });

  it("but a named scenario is judged by one answer", async () => {
    const report = await compare(har([404, one, "gone"]), har([200, one, "gone"]));
    expect(told(report)).toEqual(["status-changed 404 -> 200"]);
    expect(report.unjudged).toEqual([]);
  });

  it("nor is a message that the envelope requires: one answer shows that it is gone", async () => {
    const script = thrice("quota", ["0001"]);
    expect(told(await compare(await record(script), await record(script, "message-missing")))).toEqual(["member-removed string -> absent"]);
  });
});

describe("diff refuses", () => {
  it.each<[unknown, unknown, object, string]>([
    [[], "b", {}, "The first argument of diff is empty: name a capture (a file, a glob, a folder, or -)."],
    ["a", 1, {}, "The second argument of diff must be a path, or an array of paths, not 1."],
    ["-", ["-"], {}, "Standard input can be one side of diff, not both."],
    ["a", "b", { subjects: ["server"] }, 'diff has no option "subjects".'],
    ["a", "b", { together: true }, 'diff has no option "together".'],
    ["a", "b", { failOn: "eror" }, 'The option failOn cannot be "eror".'],
  ])("%j %j %j", async (before, after, options, message) => {
    await expect(diff(before as string, after as string, options)).rejects.toThrow(message);
  });
});
