import { expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { largeReport } from "../reporters/html/large-report.ts";
import { gatedReportOf } from "../reporters/sample-report.ts";
import { type Opened, useBrowser } from "./open-report.ts";

const browser = useBrowser();
const gated = html(gatedReportOf());

function focused({ page }: Opened): Promise<string> {
  return page.evaluate(() => document.activeElement?.querySelector("h3")?.textContent ?? document.activeElement?.id ?? "");
}

test("j and k walk through the findings, Enter opens one", async () => {
  const opened = await browser.open(gated);
  const { keyboard } = opened.page;
  await keyboard.press("j");
  const first = await focused(opened);
  await keyboard.press("j");
  expect(await focused(opened)).not.toBe(first);
  await keyboard.press("k");
  expect(await focused(opened)).toBe(first);
  const details = opened.page.locator("details.finding").first();
  await keyboard.press("Enter");
  expect(await details.getAttribute("open")).toBe(null);
  await keyboard.press("Enter");
  expect(await details.getAttribute("open")).toBe("");
  expect(await opened.troubles()).toEqual([]);
});

test("j goes on to the list's next page, k back", async () => {
  const opened = await browser.open(html(largeReport(60)));
  await opened.page.locator(".card > details > summary").nth(49).focus();
  await opened.page.keyboard.press("j");
  expect(await focused(opened)).toContain("resource 50 ");
  await opened.page.keyboard.press("k");
  expect(await focused(opened)).toContain("resource 49 ");
});

test("/ searches, Esc leaves, Esc again clears", async () => {
  const opened = await browser.open(gated);
  const { keyboard } = opened.page;
  await keyboard.press("/");
  await keyboard.type("jkey?");
  expect(await opened.page.getByRole("searchbox").inputValue()).toBe("jkey?");
  expect(await opened.page.locator("#help").isVisible()).toBe(false);
  await keyboard.press("Escape");
  expect(await opened.page.getByRole("searchbox").inputValue()).toBe("jkey?");
  await keyboard.press("Escape");
  expect(await opened.page.getByRole("searchbox").inputValue()).toBe("");
});

test("e opens all cards, then closes them", async () => {
  const { page } = await browser.open(gated);
  const open = page.locator("details.finding[open]");
  await page.keyboard.press("e");
  expect(await open.count()).toBe(6);
  await page.locator("#finding-0c0c").waitFor();
  await page.keyboard.press("e");
  expect(await open.count()).toBe(0);
});

test("? shows the keys, Esc closes them, and they can be switched off", async () => {
  const { page } = await browser.open(gated);
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.getByLabel("Single keys are on").uncheck();
  await page.keyboard.press("Escape");
  expect(await page.locator("#help").isVisible()).toBe(false);
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).not.toBe("q");
  await page.keyboard.press("?");
  expect(await page.locator("#help").isVisible()).toBe(false);
});

test("the first tab stop leads past everything to the findings", async () => {
  const { page } = await browser.open(gated);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the findings");
});
