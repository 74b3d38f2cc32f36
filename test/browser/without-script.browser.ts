import { expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { largeReport } from "../reporters/html/large-report.ts";
import { gatedReportOf } from "../reporters/sample-report.ts";
import { useBrowser } from "./open-report.ts";

const browser = useBrowser();

test("without JavaScript the contract and the findings are there, and no dead control", async () => {
  const { page } = await browser.open(html(gatedReportOf()), { javaScriptEnabled: false });
  expect(await page.locator("#contract tbody tr").count()).toBe(9);
  expect(await page.locator(".card").count()).toBe(6);
  await page.locator(".card summary").last().click();
  expect(await page.getByText("passed over until 2027-01-31: the gateway is being replaced").isVisible()).toBe(true);
  for (const dead of await page.locator("button, input, select").all()) expect(await dead.isVisible()).toBe(false);
});

test("and what is missing is said", async () => {
  const { page } = await browser.open(html(largeReport(60)), { javaScriptEnabled: false });
  expect(await page.locator(".card").count()).toBe(25);
  expect(await page.getByText("Without its script this page shows the first 25 groups of 60").isVisible()).toBe(true);
});
