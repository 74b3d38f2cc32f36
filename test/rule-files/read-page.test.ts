import { describe, expect, it } from "vitest";
import { readPage } from "../../src/rule-files/read-page.ts";

const block = (mark = "") => `\`\`\`http${mark}\nGET /a HTTP/1.1\n\nHTTP/1.1 404 Not Found\n\`\`\`\n`;
const page = (body: string) => `# a/b\n\nsays\n\n${body}`;

describe("a page", () => {
  it("is read with its examples, marks and contract", () => {
    const { id, summary, examples, contract } = readPage(
      page(
        `## Bad\n\n${block(' at 12:00:05 took 2.5 s as alice probe x live "a label"')}\n> Told.\n\n## Good\n\n${block(" after")}\n## Contract\n\n\`\`\`yaml\nenvelint: 1\n\`\`\`\n`,
      ),
    );
    expect([id, summary]).toEqual(["a/b", "says"]);
    expect(examples.map(({ kind, messages, line }) => [kind, messages, line])).toEqual([
      ["bad", ["Told."], 7],
      ["good", [], 17],
    ]);
    const exchange = examples[0]?.exchanges[0];
    expect(exchange).toMatchObject({ account: { id: "alice" }, probe: { id: "x", live: true }, label: "a label" });
    expect((exchange?.endedAt ?? 0) - (exchange?.startedAt ?? 0)).toBe(2500);
    expect(new Date(exchange?.startedAt ?? 0).toISOString()).toBe("2026-01-05T12:00:05.000Z");
    expect(examples[1]?.exchanges[0]?.side).toBe("after");
    // At its line of the page.
    expect(contract?.split("\n").indexOf("envelint: 1")).toBe(25);
  });

  it("has blocks that stand for the requests of pairs", () => {
    const asked = block(' probe mask/read live foreign course 3 times waited 2 to 4 ms "not missing it"');
    const alone = block(" probe mask/read live own course");
    const [example] = readPage(page(`## Good\n\n${asked}\n${alone}`)).examples;
    const exchanges = example?.exchanges ?? [];
    const target = { resource: "course", is: "foreign" };
    expect(exchanges.map(({ probe }) => probe)).toEqual([
      ...[0, 1, 2].map((pair) => ({ id: "mask/read", live: true, target, group: "plain", pair })),
      { id: "mask/read", live: true, target: { resource: "course", is: "own" } },
    ]);
    expect(exchanges.map(({ origin }) => origin.entry)).toEqual([0, 1, 2, 3]);
    const waits = exchanges.map(({ waited }) => waited);
    expect(waits.slice(0, 3).every((wait = 0) => wait >= 2 && wait <= 4)).toBe(true);
    expect([new Set(waits).size, waits[3]]).toEqual([4, undefined]);
  });

  it.each([
    [`## Bda\n\n${block()}`, 'line 5: there is no section "Bda"; did you mean "Bad"?'],
    ["## Elsewhere\n", 'line 5: there is no section "Elsewhere": they are Why, Bad, Good, Contract, Source'],
    [`## Bad\n\n${block()}`, "line 7: a bad example without the sentence it gives"],
    [`## Good\n\n${block()}\n> Told.\n`, "line 7: a good example gives no sentence"],
    [`## Why\n\n${block()}`, "line 7: an example stands under ## Bad or ## Good"],
    [`## Good\n\n${block(" at noon")}`, 'line 7: "at noon" is no mark'],
    [`## Good\n\n${block(" tok 2 s")}`, 'line 7: "tok 2 s" is no mark'],
    ["## Good\n\n```http\nGET /a HTTP/1.1\n", "line 7: this fence is not closed"],
    ["## Good\n\n```http\nGET /a HTTP/1.1\n```\n", "line 7: an http block without a response"],
  ])("that is none is told where and why: %j", (body, fault) => {
    expect(() => readPage(page(body))).toThrow(fault);
  });
});
