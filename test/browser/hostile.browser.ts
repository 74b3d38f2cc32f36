import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html } from "../../src/reporters/html.ts";
import { attacks, hostileReport } from "../reporters/html/hostile-report.ts";
import { type Opened, useBrowser, wasPwned } from "./open-report.ts";

const browser = useBrowser();

/** Every attack in turn, so that each field gets another one. */
function inTurn(from: number): () => string {
  let at = from;
  return () => attacks[at++ % attacks.length] ?? "";
}

/** Opens, presses and follows whatever there is. */
async function useAll({ page }: Opened): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  // Bodies are made in the task after.
  await page.waitForFunction(() => document.querySelector(".card .body:empty") === null);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>("a, [data-action], option, input, summary, pre, mark")) {
      element.focus();
      element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    }
  });
  await page.getByRole("searchbox").fill("pwned");
  await page.evaluate(() => {
    for (const link of [...document.querySelectorAll("a")].slice(-12)) link.click();
  });
  await page.emulateMedia({ media: "print" });
}

describe("whatever a report says", () => {
  test("nothing of it runs, loads or breaks the policy: each attack in each field", async () => {
    for (let from = 0; from < attacks.length; from++) {
      const opened = await browser.open(html(hostileReport(inTurn(from))));
      await useAll(opened);
      expect(await wasPwned(opened.page), `from ${from}`).toBe(false);
      expect(await opened.troubles(), `from ${from}`).toEqual([]);
      await opened.page.context().close();
    }
  }, 180_000);

  test("nor any mixture of them", async () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: "binary", maxLength: 8 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(text), async (texts) => {
        const opened = await browser.open(html(hostileReport(() => texts.next().value.join(""))));
        await useAll(opened);
        expect(await wasPwned(opened.page)).toBe(false);
        expect(await opened.troubles()).toEqual([]);
        await opened.page.context().close();
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 180_000);

  test("no link leads out of the page, and no attribute can act", async () => {
    const { page } = await browser.open(html(hostileReport(inTurn(0))));
    await page.keyboard.press("e");
    const bad = await page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((element) =>
        [...element.attributes]
          .filter(
            ({ name, value }) => /^(?:on|style$|src|action|formaction|xlink)/i.test(name) || (name === "href" && !value.startsWith("#")),
          )
          .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
      ),
    );
    expect(bad).toEqual([]);
  });
});

describe("the tests above can fail", () => {
  const escaped = html(hostileReport(inTurn(0)));
  const unescaped = escaped.replace(/<body>[\s\S]*$/, (body) =>
    body.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'"),
  );

  test("without policy and escaping the attacks run", async () => {
    const bare = unescaped.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
    expect(bare.length).toBeLessThan(unescaped.length);
    const { page } = await browser.open(bare);
    expect(await wasPwned(page)).toBe(true);
  });

  test("the policy alone holds them, and says so", async () => {
    const { page, troubles } = await browser.open(unescaped);
    expect(await wasPwned(page)).toBe(false);
    expect((await troubles()).filter((trouble) => trouble.startsWith("violation: script-src")).length).toBeGreaterThan(3);
  });

  test("trusted types stop markup that a mistake of ours would make", async () => {
    const { page } = await browser.open(escaped);
    const outcome = await page.evaluate(() => {
      try {
        document.body.innerHTML = "<img src=x onerror=window.__pwned=1>";
        return "taken";
      } catch {
        return "refused";
      }
    });
    expect(outcome).toBe("refused");
  });
});
