import { describe, expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { readAttempt } from "../../src/traffic/attempts/read-attempt.ts";
import { findSecret } from "../../src/traffic/disclosure/find-secret.ts";
import { headerLines } from "../../src/traffic/disclosure/header-lines.ts";
import { reflectedMarkup } from "../../src/traffic/disclosure/reflected-markup.ts";
import { credentialsIn } from "../../src/traffic/disclosure/request-credentials.ts";
import { searchBudget } from "../../src/traffic/disclosure/search-budget.ts";
import { makeExchange } from "../kit/exchange.ts";

const builtin = await loadContract();

describe("searchBudget", () => {
  it("gives so many texts, the beginning of each, and so many characters of all", () => {
    const some = searchBudget();
    expect(Array.from({ length: 302 }, () => some("abc")).filter((text) => text !== undefined)).toHaveLength(300);
    const long = searchBudget();
    const taken = Array.from({ length: 20 }, () => long("x".repeat(5_000)));
    expect(taken.map((text) => text?.length ?? 0)).toEqual([...Array(16).fill(1_024), 0, 0, 0, 0]);
  });
});

describe("headerLines", () => {
  it("gives the first lines, and no more of them than of a body", () => {
    const many = makeExchange({ headers: Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`x-${n}`, "abc"])) });
    expect([...headerLines(many.response.headers)]).toHaveLength(300);
    const long = makeExchange({ headers: { "x-a": "a".repeat(40_000), "x-b": "b".repeat(40_000), "x-c": "c" } });
    const lengths = [...headerLines(long.response.headers)].filter(([name]) => name.startsWith("x-")).map(([, value]) => value.length);
    expect(lengths.slice(0, 2)).toEqual([40_000, expect.any(Number)]);
    expect(lengths.reduce((sum, length) => sum + length)).toBeLessThanOrEqual(65_536);
    expect(lengths[2]).toBe(0);
  });
});

describe("a secret of the request", () => {
  const secrets = (headers: Record<string, string>) => credentialsIn(makeExchange({ requestHeaders: headers }).request, []);

  it("is one of so many", () => {
    const cookie = Array.from({ length: 1_000 }, (_, n) => `sid${n}=Zx${n}q9Kp0vTa`).join("; ");
    const carried = secrets({ cookie });
    expect(carried).toHaveLength(300);
    expect(carried.flatMap(({ forms }) => forms).filter((form) => !/^Zx[0-9]+q9Kp0vTa$/.test(form))).toEqual([]);
    expect(secrets({ cookie: "sid=Zx1q9Kp0vTa" })).toHaveLength(1);
  });

  it("is known by its beginning where it is long", () => {
    const token = Array.from({ length: 900 }, (_, n) => `k${n}`).join("");
    const carried = secrets({ authorization: `Bearer ${token}` });
    expect(carried.flatMap(({ forms }) => forms).map(({ length }) => length)).toEqual([1_024]);
    expect(findSecret(`No ${token}.`, carried, () => false)).toMatchObject({ kind: "echoed" });
    expect(findSecret(`No x${token}.`, carried, () => false)).toBeUndefined();
  });

  it("is looked for at so many places", () => {
    const carried = secrets({ authorization: "Bearer ab1cd" + "ab1cd" });
    const at = (places: number) => findSecret(`${"ab1cdab1cdx ".repeat(places)}ab1cdab1cd`, carried, () => false);
    expect(at(19)).toMatchObject({ kind: "echoed" });
    expect(at(20)).toBeUndefined();
  });
});

describe("markup of the request", () => {
  it("is looked for so many times, and only where it is markup", () => {
    const page = `<p>${"a".repeat(60_000)}<b>x</p>`;
    const found = (path: string) => reflectedMarkup(makeExchange({ url: `/${path}` }).request, page);
    const harmless = Array.from({ length: 80_000 }, (_, n) => `aaaa${n}`).join("/");
    expect(found(`${harmless}/%3Cb%3Ex`)).toBe("path");
    const others = Array.from({ length: 300 }, (_, n) => `%3Ci%3E${n}`).join("/");
    expect(found(`${others}/%3Cb%3Ex`)).toBeUndefined();
  });

  it("is found in a long text that is repeated", () => {
    const text = `${"a1".repeat(3_000)}<b>${"c2".repeat(3_000)}`;
    expect(reflectedMarkup(makeExchange({ url: `/x?q=${encodeURIComponent(text)}` }).request, `<p>${text}</p>`)).toBe("query");
  });
});

describe("the fields of an attempt", () => {
  const fields = (name: string, value: string) =>
    readAttempt(builtin, makeExchange({ requestHeaders: { [name]: value } }), undefined, new Map()).fields;

  it.each(["X-Amzn-Trace-Id", "Sec-Fetch-Mode", "x-b3-spanid", "amz-sdk-request", "X-Retry-Count", "X-My-Nonce-1", "Postman-Token", "TE"])(
    "leave %s out",
    (name) => {
      expect(fields(name, "1")).toBe(fields(name, "2"));
    },
  );

  it.each(["X-Security", "X-Host", "Dated", "Accept", "Request-Id-Kind"])("keep %s", (name) => {
    expect(fields(name, "1")).not.toBe(fields(name, "2"));
  });

  it("are read in as many steps as their names have characters", () => {
    const name = `${"retry".repeat(200_000)}\n`;
    expect(fields(name, "1")).not.toBe(fields(name, "2"));
  });
});
