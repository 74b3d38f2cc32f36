import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

/** Chromium as Debian has it, told to keep to itself. */
const executablePath = process.env.ENVELINT_CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page that shows a document, and all that went wrong on it. */
export interface Opened {
  readonly page: Page;
  readonly url: string;
  /** Messages of the console, errors, requests for anything but the document, and violations of its policy. */
  troubles(): Promise<string[]>;
}

/** A browser for the tests of a file, and a folder for their documents. */
export function useBrowser(): { open(text: string, options?: BrowserContextOptions & { readonly hash?: string }): Promise<Opened> } {
  let browser: Browser;
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
    folder = mkdtempSync(join(tmpdir(), "envelint-browser-"));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  return {
    async open(text, { hash = "", ...options } = {}) {
      const file = join(folder, `report-${files++}.html`);
      writeFileSync(file, text);
      const url = pathToFileURL(file).href;
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const met: string[] = [];
      page.on("console", (message) => met.push(`console ${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => met.push(`error: ${error.message}`));
      page.on("dialog", (dialog) => met.push(`dialog: ${dialog.message()}`));
      page.on("request", (request) => {
        if (request.url().split("#")[0] !== url) met.push(`request: ${request.url()}`);
      });
      await page.addInitScript(() => {
        const violations: string[] = [];
        Object.assign(window, { violations });
        document.addEventListener("securitypolicyviolation", (event) => {
          violations.push(`violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await page.goto(url + hash);
      return {
        page,
        url,
        troubles: async () => [...met, ...(await page.evaluate(() => (window as unknown as { violations: string[] }).violations))],
      };
    },
  };
}

/** What the test of hostile reports waits for in vain: set by any script of a stranger that ran. */
export function wasPwned(page: Page): Promise<boolean> {
  return page.evaluate(() => "__pwned" in window);
}
