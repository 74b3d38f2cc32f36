import { describe, expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { judge } from "../../src/engine/judge.ts";
import type { EventBatches } from "../../src/model/capture.ts";
import { type Subject, subjects } from "../../src/model/finding.ts";
import { idempotencyProvision, maskingProvision } from "../../src/model/provision.ts";
import type { Report } from "../../src/model/report.ts";
import { messages, type Rule, type Study, type Watch } from "../../src/model/rule.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";

const contract = await loadContract();
const say = messages({ seen: (what: string) => what });

/** A rule that writes down what it is shown. */
function ruleOf(watch: Rule["watch"], more: Partial<Rule> = {}): Rule {
  return { id: "test/rule", summary: "shown", severity: "warning", needs: "session", advice: "None.", ...more, watch };
}

async function run(
  exchanges: readonly ExchangeParts[],
  rules: readonly Rule[],
  chosen: readonly Subject[] = subjects,
  servers = ["https://api.example.com"],
): Promise<Report> {
  return judge(
    {
      names: ["test.har"],
      async *batches(): EventBatches {
        yield exchanges.map((parts, entry) => ({ kind: "exchange", exchange: makeExchange({ entry, ...parts }) }));
      },
    },
    {
      contract,
      rules: rules.map((rule) => ({ rule, severity: undefined })),
      servers,
      subjects: chosen,
      failOn: "error",
      maxSamples: 5,
      version: "0.0.0",
    },
  );
}

describe("a rule", () => {
  it("is shown exchanges, errors, requests without an answer, and the end of each timeline", async () => {
    const shown: string[] = [];
    const rule = ruleOf(() => ({
      exchange: (x, answer) => shown.push(`exchange ${x.origin.entry}${answer ? " error" : ""}`),
      error: ({ exchange }) => shown.push(`error ${exchange.origin.entry}`),
      unanswered: (x) => shown.push(`unanswered ${x.origin.entry}`),
      endTimeline: () => shown.push("end of timeline"),
      end: () => shown.push("end"),
    }));
    await run([{}, { status: 404 }, { status: 0 }, { capture: "b.har" }], [rule]);
    expect(shown).toEqual([
      "exchange 0",
      "exchange 1 error",
      "error 1",
      "unanswered 2",
      "end of timeline",
      "exchange 3",
      "end of timeline",
      "end",
    ]);
  });

  it("is not shown requests without an answer that are out of scope, or that are none for another reason", async () => {
    const shown: number[] = [];
    const rule = ruleOf(() => ({ unanswered: (x) => shown.push(x.origin.entry) }));
    await run([{ status: 0, url: "https://cdn.example.net/x" }, { notJudged: "from-cache" }, { status: 0 }], [rule]);
    expect(shown).toEqual([2]);
  });

  it("is shown the unanswered requests of so many servers as can be told apart", async () => {
    let shown = 0;
    const rule = ruleOf(() => ({
      unanswered() {
        shown++;
      },
    }));
    const hosts = Array.from({ length: 5_010 }, (_, index): ExchangeParts => ({ status: 0, url: `https://h${index}.example.com/` }));
    await run(hosts, [rule], subjects, []);
    expect(shown).toBe(5_000);
  });

  it("that crashes on what it quotes gives no secret away", async () => {
    const rule = ruleOf(() => ({
      error({ exchange }) {
        throw new Error(`cannot read ${exchange.request.headers.get("authorization")}`);
      },
    }));
    const { unjudged } = await run([{ status: 404, requestHeaders: { Authorization: "Bearer QmvTxkLrWzuYpNsDfGhJ" } }], [rule]);
    expect(unjudged.join()).toContain("crashed on test.har entry 0 (cannot read [masked])");
    expect(JSON.stringify(unjudged)).not.toContain("QmvTxk");
  });

  it("about clients is not shown what a probe sent", async () => {
    const shown: string[] = [];
    const watching =
      (name: string): Rule["watch"] =>
      () => ({
        exchange: (x) => shown.push(`${name} ${x.origin.entry}`),
        unanswered: (x) => shown.push(`${name} ${x.origin.entry}`),
      });
    const probe = { id: "p", live: true };
    await run([{ probe }, { status: 0, probe }, {}], [ruleOf(watching("client"), { subject: "client" }), ruleOf(watching("server"))]);
    expect(shown).toEqual(["server 0", "server 1", "client 2", "server 2"]);
  });

  it("is heard only of the subjects that were chosen", async () => {
    const telling = (more: Partial<Rule>, subject?: Subject) =>
      ruleOf(
        ({ tell }) => ({
          exchange: (on) =>
            tell({ on, say: say.seen("told"), place: { kind: "url" }, expected: "", found: "", ...(subject && { subject }) }),
        }),
        more,
      );
    const rules = [telling({ id: "a/client", subject: "client" }), telling({ id: "a/server" }), telling({ id: "a/capture" }, "capture")];
    const heard = async (...chosen: Subject[]) => (await run([{}], rules, chosen)).findings.map(({ rule }) => rule).sort();
    expect(await heard("client")).toEqual(["a/client"]);
    expect(await heard("server")).toEqual(["a/server"]);
    expect(await heard("server", "capture")).toEqual(["a/capture", "a/server"]);
    expect(await heard(...subjects)).toEqual(["a/capture", "a/client", "a/server"]);
  });
});

describe("a study", () => {
  /** Counts exchanges; made once for all that ask. */
  function counting(log: string[]): Study<Watch & { count: number }> {
    return () => {
      log.push("begun");
      const study = {
        count: 0,
        exchange() {
          study.count++;
        },
        endTimeline: () => log.push("study ends"),
      };
      return study;
    };
  }

  it("is begun once, and has seen an exchange before any rule does", async () => {
    const log: string[] = [];
    const study = counting(log);
    const asking = (id: string): Rule =>
      ruleOf(
        ({ study: ask }) => {
          const learned = ask(study);
          return { exchange: () => log.push(`${id} ${learned.count}`), endTimeline: () => log.push(`${id} ends`) };
        },
        { id },
      );
    await run([{}, {}], [asking("a/one"), asking("a/two")]);
    expect(log).toEqual(["begun", "a/one 1", "a/two 1", "a/one 2", "a/two 2", "study ends", "a/one ends", "a/two ends"]);
  });

  it("that crashes takes the rules that rest on it along, and no other", async () => {
    const shown: string[] = [];
    const broken: Study<Watch> = () => ({
      exchange() {
        throw new Error("out of wits");
      },
    });
    const resting = (id: string): Rule =>
      ruleOf(
        ({ study }) => {
          study(broken);
          return { exchange: () => shown.push(id) };
        },
        { id },
      );
    const free = ruleOf(() => ({ exchange: () => shown.push("a/free") }), { id: "a/free" });
    const report = await run([{}, {}], [resting("a/one"), resting("a/two"), free]);
    expect(shown.filter((id) => id === "a/free")).toHaveLength(2);
    expect(report.unjudged.filter((reason) => reason.includes("out of wits"))).toHaveLength(2);
    expect(report.unjudged.join()).toContain("a/two crashed on test.har entry 0");
  });
});

describe("a rule that crashes", () => {
  it("leaves the study to the others", async () => {
    let count = 0;
    const study: Study<Watch> = () => ({ exchange: () => count++ });
    const one = ruleOf(
      ({ study: ask }) => {
        ask(study);
        return {
          exchange() {
            throw new Error("lost");
          },
        };
      },
      { id: "a/one" },
    );
    const two = ruleOf(
      ({ study: ask }) => {
        ask(study);
        return {};
      },
      { id: "a/two" },
    );
    const { unjudged } = await run([{}, {}, {}], [one, two]);
    expect(count).toBe(3);
    expect(unjudged.filter((reason) => reason.includes("crashed"))).toHaveLength(1);
  });
});

describe("provisions", () => {
  it("are unseen until a rule puts them to the test; one breach breaks them", async () => {
    const verdicts = new Map<string, "kept" | "broken" | "not observable">();
    const rule = ruleOf(({ cover }) => ({
      exchange(x) {
        for (const [provision, verdict] of verdicts) cover(x, provision, verdict);
      },
    }));
    const told = async () =>
      Object.fromEntries(
        (await run([{ status: 404 }], [rule])).coverage.provisions.map(({ provision, verdict, seen }) => [provision, [verdict, seen]]),
      );
    const course = maskingProvision({ resource: "course" });
    const key = idempotencyProvision({ name: "launchCourse" }, "key");
    const replay = idempotencyProvision({ name: "launchCourse" }, "replay");
    expect(await told()).toEqual({
      [course]: ["unseen", 0],
      "masking:preset": ["unseen", 0],
      [key]: ["unseen", 0],
      [replay]: ["unseen", 0],
    });
    verdicts.set(course, "not observable").set(key, "kept").set(replay, "broken");
    expect(await told()).toMatchObject({ [course]: ["not observable", 1], [key]: ["kept", 1], [replay]: ["broken", 1] });
  });

  it("say how far they were put to the test, each thing once", async () => {
    const course = maskingProvision({ resource: "course" });
    const rule = ruleOf(({ cover }) => ({
      exchange(x) {
        cover(x, course, "kept", "in 8 pairs");
        cover(x, course, "kept", "in 8 pairs");
        cover(x, course, "not observable", "timing: in 200 pairs");
      },
    }));
    const { provisions } = (await run([{ status: 404 }], [rule])).coverage;
    expect(provisions[0]).toMatchObject({ verdict: "kept", seen: 3, note: "in 8 pairs; timing: in 200 pairs" });
    expect(provisions[1]).not.toHaveProperty("note");
  });

  it("and rows are not said to be kept where the server was not judged", async () => {
    const covering = ruleOf(({ cover }) => ({ exchange: (x) => cover(x, maskingProvision({ resource: "course" }), "kept") }));
    const missing: ExchangeParts = {
      status: 404,
      body: { error: { type: "not_found_error", code: "course_not_found", message: "There is no such course." } },
    };
    const verdicts = async (rules: readonly Rule[], ...chosen: Subject[]) => {
      const { rows, provisions, operations } = (await run([missing], rules, chosen)).coverage;
      return [
        rows.find(({ row }) => row === "course-not-found")?.verdict,
        provisions[0]?.verdict,
        operations.find(({ operation }) => operation === "anyCourse")?.verdict,
      ];
    };
    expect(await verdicts([covering], "server")).toEqual(["kept", "kept", "kept"]);
    expect(await verdicts([covering], "client")).toEqual(["not observable", "unseen", "not observable"]);
    const onlyClients = ruleOf(() => ({}), { subject: "client" });
    expect(await verdicts([onlyClients], ...subjects)).toEqual(["not observable", "unseen", "not observable"]);
  });
});
