import { expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { retriesReport } from "../reporters/html/retries.ts";
import { useBrowser } from "./open-report.ts";

const browser = useBrowser();

test("attempts are bars, announced waits shaded behind them, and the early one is marked", async () => {
  const { page, troubles } = await browser.open(html(retriesReport()));
  const chart = page.locator(".timeline svg");
  expect(await chart.getAttribute("aria-label")).toBe("3 attempts in 12.2 s. Entry 2 came before the announced wait was over.");
  expect(await chart.locator(".bar").count()).toBe(3);
  expect(await chart.locator(".bar.early").count()).toBe(1);
  const box = async (selector: string, index: number) => {
    const found = await chart.locator(selector).nth(index).boundingBox();
    if (found === null) throw new Error(`no ${selector}`);
    return found;
  };
  const [first, second, third] = [await box(".bar", 0), await box(".bar", 1), await box(".bar", 2)];
  const [wait] = [await box(".wait", 0)];
  // The wait begins where the answer ends; the second attempt lies within it, the third behind it.
  expect(wait.x).toBeCloseTo(first.x + first.width, -1);
  expect(second.x).toBeLessThan(wait.x + wait.width);
  expect(third.x).toBeGreaterThan(wait.x + wait.width);
  expect(await chart.locator("tspan.early").textContent()).toContain("6 s too early");
  expect(await troubles()).toEqual([]);
});

test("a table says the same", async () => {
  const { page } = await browser.open(html(retriesReport()));
  await page.getByText("The same as a table").click();
  const rows = await page.locator(".timeline tbody tr").allInnerTexts();
  expect(rows.map((row) => row.split(/\s*\t\s*/))).toEqual([
    ["entry 1", "0 s", "200 ms", "429", "10", "10.2 s", "–"],
    ["entry 2", "4.2 s", "200 ms", "429", "6", "10.4 s", "6 s"],
    ["entry 3", "12 s", "200 ms", "200", "–", "–", "–"],
  ]);
});
