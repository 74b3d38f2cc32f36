import { expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { largeReport } from "../reporters/html/large-report.ts";
import { gatedReportOf } from "../reporters/sample-report.ts";
import { useBrowser } from "./open-report.ts";

const browser = useBrowser();

/** What stood on the page when it was printed. */
interface Printed {
  readonly open: number;
  readonly closed: number;
  readonly cards: number;
}

/** Pages of a PDF. Its objects may be packed, the tree of pages is not where the file is tagged. */
function pagesIn(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test("every finding is open on paper, and as before afterwards", async () => {
  const { page, troubles } = await browser.open(html(gatedReportOf()));
  await page.evaluate(() => {
    addEventListener("beforeprint", () => {
      const count = (selector: string) => document.querySelectorAll(selector).length;
      Object.assign(window, {
        printed: { open: count("details[open]"), closed: count("details:not([open])"), cards: count(".card .one") },
      });
    });
  });
  const closed = await page.locator("details:not([open])").count();
  const pdf = await page.pdf({ format: "A4" });
  const printed = await page.evaluate(() => (window as unknown as { printed: Printed }).printed);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pagesIn(pdf)).toBeGreaterThan(2);
  expect(printed).toMatchObject({ closed: 0, cards: 6 });
  expect(await page.locator("details:not([open])").count()).toBe(closed);
  expect(await troubles()).toEqual([]);
});

test("what is too much for paper is left out, and said so", async () => {
  const { page } = await browser.open(html(largeReport(600)));
  const during = await page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    const state = { cards: document.querySelectorAll(".card").length, note: document.querySelector("#print-note")?.textContent };
    dispatchEvent(new Event("afterprint"));
    return { ...state, after: document.querySelectorAll(".card").length };
  });
  expect(during).toEqual({ cards: 500, note: "Printed: the first 500 groups; 100 more are not. Filters choose which.", after: 50 });
});

test("on paper there are no controls, and a dark screen prints on white", async () => {
  const { page } = await browser.open(html(gatedReportOf()), { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
  expect(await page.locator(".controls, .tools").evaluateAll((all) => all.map((one) => getComputedStyle(one).display))).toEqual([
    "none",
    "none",
  ]);
});
