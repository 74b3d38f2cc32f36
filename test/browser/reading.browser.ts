import { describe, expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { largeReport } from "../reporters/html/large-report.ts";
import { exchangeOf, findingOf, gatedReportOf, sampleOf } from "../reporters/sample-report.ts";
import { type Opened, useBrowser } from "./open-report.ts";

const browser = useBrowser();
const gated = html(gatedReportOf());

async function messages({ page }: Opened): Promise<string[]> {
  return page.locator(".card h3").allTextContents();
}

async function hash({ page }: Opened): Promise<string> {
  return decodeURIComponent(await page.evaluate(() => location.hash));
}

describe("filters", () => {
  test("new findings come first, and each state is told", async () => {
    const opened = await browser.open(gated);
    expect(await opened.page.locator(".card .top").allTextContents()).toEqual([
      expect.stringContaining("error"),
      expect.stringContaining("error"),
      expect.stringContaining("warning"),
      expect.stringContaining("stale"),
      expect.stringContaining("known: in the baseline, no reason to fail"),
      expect.stringContaining("ignored: passed over by the configuration"),
    ]);
    expect(await opened.page.locator("#count").textContent()).toBe("6 findings");
    expect(await opened.troubles()).toEqual([]);
  });

  test("a click narrows the list, says so, and stands in the address; a second one widens it", async () => {
    const opened = await browser.open(gated);
    await opened.page.getByLabel(/▲ warning/).check();
    expect(await messages(opened)).toEqual(["A launch was sent again with another key.", "A 404 has no Date."]);
    expect(await opened.page.getByRole("status").first().textContent()).toBe("2 of 6 findings shown");
    expect(await hash(opened)).toBe("#severity=warning");
    await opened.page.getByLabel(/^ignored/).check();
    expect(await messages(opened)).toEqual(["A 404 has no Date."]);
    expect(await hash(opened)).toBe("#severity=warning&state=ignored");
    await opened.page.getByRole("button", { name: "Clear filters" }).click();
    expect(await messages(opened)).toHaveLength(6);
    expect(await hash(opened)).toBe("");
    expect(await opened.troubles()).toEqual([]);
  });

  test("rule or family, operation, row and subject", async () => {
    const opened = await browser.open(gated);
    const { page } = opened;
    await page.getByLabel("Rule", { exact: true }).selectOption("rate-limit/");
    expect(await messages(opened)).toHaveLength(2);
    await page.getByLabel("Rule", { exact: true }).selectOption("pairing/type-mismatch");
    expect(await messages(opened)).toEqual(['The contract knows no type "notFound_error"; it means "not_found_error".']);
    await page.getByLabel("Rule", { exact: true }).selectOption("");
    await page.getByLabel("Operation", { exact: true }).selectOption("getCourse");
    expect(await messages(opened)).toHaveLength(2);
    await page.getByLabel("Operation", { exact: true }).selectOption("");
    await page.getByLabel("Row", { exact: true }).selectOption("server-error");
    expect(await messages(opened)).toEqual(["A 500 is an HTML page."]);
    await page.getByLabel("Row", { exact: true }).selectOption("");
    await page.getByLabel(/^client/).check();
    expect(await messages(opened)).toEqual(["A launch was sent again with another key."]);
    expect(await hash(opened)).toBe("#subject=client");
  });

  test("words of a message, rule, URL or operation are found, in any case and order", async () => {
    const opened = await browser.open(gated);
    const search = opened.page.getByRole("searchbox");
    for (const [words, found] of [
      ["COME rate_limit", 2],
      ["type-mismatch", 1],
      ["sort=-created_at", 1],
      ["getcourse", 2],
      ["nothing like it", 0],
      ["", 6],
    ] as const) {
      await search.fill(words);
      expect(await messages(opened), words).toHaveLength(found);
    }
  });
});

describe("links", () => {
  test("an address keeps filters, search and page", async () => {
    const opened = await browser.open(gated, { hash: "#q=another&severity=warning,note" });
    expect(await messages(opened)).toEqual(["A launch was sent again with another key."]);
    expect(await opened.page.getByRole("searchbox").inputValue()).toBe("another");
    expect(await opened.page.getByLabel(/▲ warning/).isChecked()).toBe(true);
  });

  test("a finding has an anchor: its card opens and takes the focus, whatever was filtered", async () => {
    const opened = await browser.open(gated, { hash: "#severity=note" });
    expect(await messages(opened)).toEqual([]);
    await opened.page.evaluate(() => {
      location.hash = "#finding-0a0a";
    });
    const finding = opened.page.locator("#finding-0a0a");
    await finding.waitFor();
    expect(await finding.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await opened.page.locator("details.finding", { has: finding }).evaluate((details) => (details as HTMLDetailsElement).open)).toBe(
      true,
    );
  });

  test("a row of the contract leads to its findings, and what is filtered can be dropped", async () => {
    const opened = await browser.open(gated);
    await opened.page.locator("#contract tr", { hasText: "rate-limited" }).getByRole("link").click();
    expect(await messages(opened)).toHaveLength(2);
    expect(await hash(opened)).toBe("#row=rate-limited");
    await opened.page.getByRole("button", { name: "Drop the filter row" }).click();
    expect(await messages(opened)).toHaveLength(6);
  });

  test("no address breaks the page", async () => {
    for (const hash of ["#%E0%A4%A", "#finding-nobody", "#page=1e9", "#severity=&q=%00", "#row=__proto__", "#=&&="]) {
      const opened = await browser.open(gated, { hash });
      expect(await opened.troubles(), hash).toEqual([]);
    }
  });
});

describe("a finding in full", () => {
  test("request and response stand side by side, the place marked", async () => {
    const report = gatedReportOf({
      findings: [
        findingOf(),
        findingOf({
          fingerprint: "b0d1",
          message: "The type is wrong.",
          samples: [
            sampleOf({
              entry: 13,
              place: { kind: "body", pointer: "/detail/error/type" },
              expected: "quota_error",
              found: "rate_limit_error",
            }),
          ],
        }),
      ],
    });
    const { page, troubles } = await browser.open(html(report), { viewport: { width: 1280, height: 900 } });
    const card = page.locator(".card", { hasText: "The type is wrong." });
    const [request, response] = [card.locator(".message").nth(0), card.locator(".message").nth(1)];
    const [left, right] = [await request.boundingBox(), await response.boundingBox()];
    expect(left?.y).toBe(right?.y);
    expect(right?.x).toBeGreaterThan((left?.x ?? 0) + (left?.width ?? 0));
    expect(await card.locator("mark").allTextContents()).toEqual(['"rate_limit_error"']);
    expect(await page.locator(".card").first().locator("mark").allTextContents()).toEqual(["Retry-After: (not there)"]);
    expect(await card.locator(".comparison").textContent()).toBe("atbody /detail/error/type− expectedquota_error+ foundrate_limit_error");
    expect(await troubles()).toEqual([]);
  });

  test("without its exchange the evidence is shown", async () => {
    const { page } = await browser.open(html(gatedReportOf({ exchanges: [] })));
    expect(await page.locator(".card").nth(1).locator(".evidence mark").textContent()).toBe('"notFound_error"');
  });

  test("a button copies what is shown, without what is only said", async () => {
    const opened = await browser.open(gated, { permissions: ["clipboard-read", "clipboard-write"] });
    await opened.page.getByRole("button", { name: "Copy response" }).first().click();
    await opened.page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await opened.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("429 Too Many Requests\nContent-Type: application/json\n");
    expect(copied).not.toContain("not there");
    expect(await opened.page.locator("#said").textContent()).toBe("Copied the response.");
  });

  test("a long body is scrolled to its place", async () => {
    const text = JSON.stringify({ items: Array.from({ length: 300 }, (_, id) => ({ id })) });
    const long = exchangeOf();
    const report = gatedReportOf({
      findings: [findingOf({ samples: [sampleOf({ place: { kind: "body", pointer: "/items/290/id" } })] })],
      exchanges: [
        {
          ...long,
          response: long.response && { ...long.response, body: { state: "present", text, cut: 0, mediaType: "application/json" } },
        },
      ],
    });
    const { page } = await browser.open(html(report));
    const isSeen = await page
      .locator("mark")
      .first()
      .evaluate((mark) => {
        const frame = mark.closest("pre")?.getBoundingClientRect();
        const { top, bottom } = mark.getBoundingClientRect();
        return frame !== undefined && top >= frame.top && bottom <= frame.bottom;
      });
    expect(await page.locator("mark").first().textContent()).toBe("290");
    expect(isSeen).toBe(true);
  });
});

describe("the list's pages", () => {
  test("are turned by buttons, and stand in the address", async () => {
    const opened = await browser.open(html(largeReport(120)));
    const pager = opened.page.locator(".pager").first();
    expect(await pager.locator(".range").textContent()).toBe("1–50 of 120");
    expect(await pager.getByRole("button", { name: "Previous" }).isDisabled()).toBe(true);
    await pager.getByRole("button", { name: "Next" }).click();
    await pager.getByRole("button", { name: "Next" }).click();
    expect(await pager.locator(".range").textContent()).toBe("101–120 of 120");
    expect(await pager.getByRole("button", { name: "Next" }).isDisabled()).toBe(true);
    expect(await hash(opened)).toBe("#page=3");
    const again = await browser.open(html(largeReport(120)), { hash: "#page=3" });
    expect(await again.page.locator(".card").count()).toBe(20);
  });

  test("a finding on a later one is found by its anchor", async () => {
    const fingerprint = (77).toString(16).padStart(16, "0");
    const { page } = await browser.open(html(largeReport(120)), { hash: `#finding-${fingerprint}` });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`finding-${fingerprint}`);
  });

  test("findings that say the same are one card, and those left out at first are made when asked for", async () => {
    const findings = Array.from({ length: 60 }, (_, index) => findingOf({ operation: `op-${index}`, fingerprint: `fe${index}` }));
    const { page } = await browser.open(html(gatedReportOf({ findings, known: [], stale: [], ignored: [] })));
    expect(await page.locator("#count").textContent()).toBe("60 findings in 1 group");
    expect(await page.locator(".one").count()).toBe(10);
    await page.getByRole("button", { name: "Show 50 more findings" }).click();
    expect(await page.locator(".one").count()).toBe(60);
    const { page: linked } = await browser.open(html(gatedReportOf({ findings, known: [], stale: [], ignored: [] })), {
      hash: "#finding-fe55",
    });
    expect(await linked.evaluate(() => document.activeElement?.id)).toBe("finding-fe55");
  });
});
