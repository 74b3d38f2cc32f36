import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { BrowserContextOptions } from "playwright-core";
import { expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { largeReport } from "../reporters/html/large-report.ts";
import { retriesReport } from "../reporters/html/retries.ts";
import { exchangeOf, gatedReportOf } from "../reporters/sample-report.ts";
import { useBrowser } from "./open-report.ts";

const browser = useBrowser();
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const long = exchangeOf();
const body = { state: "present", text: JSON.stringify(Array.from({ length: 80 }, (_, id) => ({ id }))), cut: 12, mediaType: null } as const;
const reports = {
  gated: gatedReportOf({
    unjudged: ["One capture broke off."],
    exchanges: [{ ...long, request: { ...long.request, body } }, exchangeOf({ entry: 13 })],
  }),
  retries: retriesReport(),
  large: largeReport(120),
  clean: gatedReportOf({ findings: [], known: [], stale: [], ignored: [], verdict: "kept" }),
};
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  narrow: { viewport: { width: 390, height: 800 }, reducedMotion: "reduce" },
};

for (const [name, report] of Object.entries(reports))
  for (const [look, options] of Object.entries(looks))
    test(`axe finds nothing: ${name}, ${look}`, async () => {
      // axe comes in from outside; the page's own policy is tested elsewhere.
      const { page } = await browser.open(html(report), { ...options, bypassCSP: true });
      if (name !== "large") await page.keyboard.press("e");
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not(.finding)")) details.open = true;
      });
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run: (context: Document, options: object) => Promise<AxeResults> } }).axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }),
      );
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map((node) => node.html.slice(0, 120))
              .slice(0, 3)
              .join(" | ")}`,
        ),
      ).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });

test.each([360, 420])("the contract's tables show all their columns on a screen of %i pixels", async (width) => {
  for (const report of [reports.gated, reports.retries]) {
    const { page } = await browser.open(html(report), { viewport: { width, height: 800 } });
    const hidden = () =>
      page.evaluate(() => [...document.querySelectorAll(".scroll:has(table.contract)")].map((part) => part.scrollWidth - part.clientWidth));
    for (const pixels of await hidden()) expect(pixels).toBeLessThanOrEqual(0);
  }
});

test("the help dialog is clean too", async () => {
  const { page } = await browser.open(html(reports.gated), { bypassCSP: true });
  await page.keyboard.press("?");
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run());
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("a theme is chosen, wins over the system's, and lasts", async () => {
  const { page, troubles } = await browser.open(html(reports.gated), { colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.locator(".theme").getByText("light", { exact: true }).click();
  const light = await ground();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await ground()).toBe(light);
  await page.locator(".theme").getByText("auto", { exact: true }).click();
  expect(await ground()).toBe(dark);
  expect(await troubles()).toEqual([]);
});
