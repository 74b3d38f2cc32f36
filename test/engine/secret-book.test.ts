import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { SecretBook } from "../../src/engine/secret-book.ts";
import { formats } from "../../src/reporters/formats.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeAgain } from "../kit/judge-again.ts";

const contract = await loadContract();
const token = "hQ7vZk2mXr9TbL4wYc";
const bearing = (value: string): ExchangeParts => ({
  account: { id: value, credential: value },
  requestHeaders: { authorization: `Bearer ${value}` },
});
const leaking = (text: string): ExchangeParts => ({
  status: 404,
  body: { detail: { error: { type: text, message: `Not ${text}.` } } },
  url: `/v1/courses/${text}`,
});

async function report(...given: readonly ExchangeParts[]): Promise<string> {
  const made = await judgeAgain(given);
  expect(made.findings.length).toBeGreaterThan(0);
  return [...formats.keys()].map((name) => formatReport(made, name)).join("\n");
}

describe("a credential of one exchange", () => {
  it.each([
    ["before", [bearing(token), leaking(token)]],
    ["after", [leaking(token), bearing(token)]],
    ["in hex", [bearing(token), leaking(Buffer.from(token).toString("hex"))]],
    ["in small letters", [bearing(token), leaking(token.toLowerCase())]],
    ["within base64", [bearing(token), leaking(Buffer.from(`id:${token}:9`).toString("base64"))]],
  ])("shows in no report where another repeats it, %s", async (_, exchanges) => {
    const text = await report(...exchanges);
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.toLowerCase());
    expect(text).not.toContain(Buffer.from(token).toString("hex"));
    // What is left of it in base64, whatever stands around it.
    expect(text).not.toContain(Buffer.from(token.slice(2)).toString("base64").slice(2, 20));
    expect(text).not.toContain(Buffer.from(`id:${token}`).toString("base64").slice(6, 20));
  });

  it("that is a word hides no word", async () => {
    expect(await report(bearing("not_found_error"), leaking("not_found_errors"))).toContain("not_found_errors");
  });
});

it("a book hides what it has learnt, wherever it stands, and nothing else", () => {
  const book = new SecretBook(contract.authentication.credentials);
  book.learn(makeExchange({ entry: 0, ...bearing(token) }));
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      fc.pre(!`${before}${after}`.includes("hQ7v"));
      expect(book.mask(before + token + after)).toBe(`${before}[masked]${after}`);
      expect(book.mask(before + after)).toBe(before + after);
    }),
  );
});
