import { describe, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { renderTable } from "../../src/contract/table.ts";
import { describeWhich, type Question, whichRow } from "../../src/contract/which.ts";
import { contractOf } from "./kit.ts";

const builtin = await loadContract();

describe("the table", () => {
  test("reads like an API's page on errors", () => {
    const page = renderTable(builtin);
    expect(page).toContain("# Course Generation API: errors\n");
    expect(page).toContain("| code | `/code` | no |");
    expect(page).toContain("| HTTP | Type | Code | Operations | Retry-After | Retry | Row |");
    expect(page).toContain("| 401 | `authentication_error` | none |  |  | never | `unauthenticated` |");
    expect(page).toContain(
      "| 429 | `rate_limit_error` | matching `^retry_after_(?<seconds>[0-9]+)$` |  | required, in seconds, at least 1 s, as the code's `seconds` | after Retry-After | `rate-limited` |",
    );
    expect(page).toContain("60 requests in 60 s, counted by account.");
    expect(page).toContain("- Without a key: `idempotency-key-required`.");
  });

  test("lets nothing out of its cell", () => {
    const page = renderTable(
      contractOf(
        `
envelopes: {api: {members: {code: /code}}}
errors: [{name: "a|b <script>", status: 400, code: ["x\`|y", {pattern: x}], docs: "https://x.org/a b)c"}]`.replace(", {pattern: x}", ""),
      ),
    );
    expect(page).not.toContain("\n| 400 | `` x`|y");
    expect(page).toContain("`` x`\\|y ``");
    expect(page).toContain("(https://x.org/a%20b%29c)");
    expect(renderTable(contractOf("errors: [{name: a, status: 400, when: {body: {const: '<b>|*'}}}]"))).toContain("&lt;b&gt;\\|\\*");
  });

  test.each(["github", "stripe", "slack", "problem-details"])("has a whole row for each of %s's", async (name) => {
    const contract = await loadContract(`builtin:${name}`);
    const rows =
      renderTable(contract)
        .split("## Errors")[1]
        ?.split("##")[0]
        ?.split("\n")
        .filter((line) => line.startsWith("|")) ?? [];
    expect(rows).toHaveLength(contract.rows.length + 2);
    const bars = rows.map((line) => line.replaceAll("\\|", "").split("|").length);
    expect(new Set(bars).size).toBe(1);
  });
});

describe("which row", () => {
  test.each<[Question, string]>([
    [{ status: 429, type: "rate_limit_error", code: "retry_after_9" }, "met rate-limited"],
    [{ status: 500 }, "met server-error"],
    [{ status: 404 }, "several course-not-found, preset-not-found, unknown-route"],
    [{ status: 404, operation: "GET /courses/c" }, "several course-not-found, preset-not-found"],
    [{ status: 404, code: null, operation: "GET /nowhere" }, "met unknown-route"],
    [{ status: 404, code: null, operation: "launchCourse" }, "operation: unknown-route"],
    [
      { status: 400, type: "invalid_request_error", code: "idempotency_key_required", operation: "POST /courses/c/launch" },
      "met idempotency-key-required",
    ],
    [{ status: 400, type: "nope" }, "type: idempotency-key-required, invalid-request"],
    [{ status: 409, type: "invalid_request_error", code: "course_not_found" }, "code: already-launched, conflict"],
  ])("%j: %s", (question, expected) => {
    const which = whichRow(builtin, question);
    const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name).join(", ");
    const told =
      which.kind === "met"
        ? `met ${which.row.name}`
        : which.kind === "several"
          ? `several ${names(which.rows)}`
          : `${which.step}: ${names(which.before)}`;
    expect(told).toBe(expected);
  });

  test("asks about headers", async () => {
    const contract = await loadContract("builtin:github");
    const kind = (headers: Record<string, string>) => describeWhich(whichRow(contract, { status: 403, headers })).split(" (", 1)[0];
    expect(kind({ "X-RateLimit-Remaining": "0" })).toBe("meets primary-rate-limit");
    expect(kind({ "x-ratelimit-remaining": "5" })).toMatch(/^may meet any/);
  });

  test("says it in a few lines", () => {
    expect(describeWhich(whichRow(builtin, { status: 429, code: "retry_after_9" }))).toMatch(
      /^meets rate-limited \(builtin:course-api:\d+\)\n {2}seconds = 9$/,
    );
    expect(describeWhich(whichRow(builtin, { status: 401, type: "authentication_error", code: "expired" }))).toMatch(
      /^meets no row: code left none of these:\n {2}unauthenticated: code absent \(builtin:course-api:\d+\)$/,
    );
  });

  test("knows no operation or envelope but those declared", () => {
    expect(() => whichRow(builtin, { status: 404, operation: "lunch" })).toThrow(RangeError);
    expect(() => whichRow(builtin, { status: 404, envelope: "nope" })).toThrow(RangeError);
  });
});
