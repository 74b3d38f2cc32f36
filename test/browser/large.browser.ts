import { expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { largeReport } from "../reporters/html/large-report.ts";
import { useBrowser } from "./open-report.ts";

const browser = useBrowser();

test("20,000 findings stay usable", async () => {
  const report = largeReport(20_000);
  const begun = performance.now();
  const document_ = html(report);
  const written = performance.now() - begun;
  const { page, troubles } = await browser.open(document_);
  await page.getByText("20,000 findings", { exact: true }).waitFor();
  // The script runs while the document is read, and is at the end of it.
  const loaded = await page.evaluate(
    () =>
      performance.getEntriesByType("navigation").map((entry) => (entry as PerformanceNavigationTiming).domContentLoadedEventEnd)[0] ??
      Number.NaN,
  );
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN);
  const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
  const atFirst = await nodes();

  const search = page.getByRole("searchbox");
  const counts: string[] = [];
  const keystrokes: number[] = [];
  for (const text of ["r", "c_1999/"]) {
    keystrokes.push(
      await search.evaluate((box, value) => {
        const from = performance.now();
        (box as HTMLInputElement).value = value;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        // Layout belongs to what a reader waits for.
        document.body.getBoundingClientRect();
        return performance.now() - from;
      }, text),
    );
    counts.push((await page.locator("#count").textContent()) ?? "");
  }
  expect(counts).toEqual(["20,000 findings", "1 of 20,000 findings shown"]);
  await search.fill("");
  await page.getByLabel(/▲ warning/).check();
  expect(await page.locator("#count").textContent()).toBe("6,667 of 20,000 findings shown");
  await page.getByLabel("Operation", { exact: true }).selectOption("operation-5");
  expect(await page.locator("#count").textContent()).toBe(`${expected(report)} of 20,000 findings shown`);
  await page.getByRole("button", { name: "Clear filters" }).click();
  const opening = performance.now();
  await page.keyboard.press("e");
  // The bodies of opened cards are made in the task after the key.
  await page.waitForFunction(() => document.querySelectorAll(".card .one").length === 50);
  const opened = await nodes();
  const openedIn = performance.now() - opening;

  console.log(
    [
      `20,000 findings: written in ${written.toFixed(0)} ms, ${(document_.length / 1e6).toFixed(1)} MB`,
      `first paint ${paint.toFixed(0)} ms, interactive ${loaded.toFixed(0)} ms after navigation began`,
      `first keystroke ${keystrokes[0]?.toFixed(0)} ms (it makes what is searched), next ${keystrokes[1]?.toFixed(0)} ms`,
      `elements: ${atFirst} at first, ${opened} with a page of 50 opened (in ${openedIn.toFixed(0)} ms)`,
    ].join("\n"),
  );
  expect(atFirst).toBeLessThan(6_000);
  expect(opened).toBeLessThan(25_000);
  expect(await troubles()).toEqual([]);
}, 120_000);

function expected({ findings }: ReturnType<typeof largeReport>): number {
  return findings.filter(({ severity, operation }) => severity === "warning" && operation === "operation-5").length;
}
