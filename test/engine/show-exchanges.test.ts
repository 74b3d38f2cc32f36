import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { audit } from "../../src/audit.ts";
import type { ExchangeParts } from "../kit/exchange.ts";
import { judgeAgain } from "../kit/judge-again.ts";

const cwd = fileURLToPath(new URL("../cli/fixtures/", import.meta.url));

const show = async (...given: readonly ExchangeParts[]) => (await judgeAgain(given)).exchanges ?? [];

const limited = (more: ExchangeParts = {}): ExchangeParts => ({
  status: 429,
  body: { detail: { error: { type: "rate_limit_error", code: "retry_after_60", message: "Slow down." } } },
  ...more,
});

describe("exchanges that findings are about", () => {
  it("are shown where that is asked for, once each, in the order of the findings", async () => {
    const asked = await audit("bad.har", { cwd, contract: "shop.yaml", exchanges: true });
    expect(asked.exchanges?.map(({ capture, entry }) => [capture, entry])).toEqual([
      ["bad.har", 1],
      ["bad.har", 2],
      ["bad.har", 3],
    ]);
    expect(asked.exchanges?.[0]).toMatchObject({
      request: { method: "POST", url: "https://api.example.com/orders" },
      response: { status: 429, body: { state: "present", text: expect.stringContaining("Slow down."), cut: 0 } },
    });
    expect((await audit("bad.har", { cwd, contract: "shop.yaml" })).exchanges).toBeUndefined();
  });

  it("hold no secret: credentials, cookies, what the body repeats of them, what looks like one", async () => {
    const token = "tok-5f1c7a9be02d4c66";
    const shown = await show(
      limited({
        requestHeaders: { authorization: `Bearer ${token}`, cookie: "sid=c00kie-value-1234", "x-api-key": "key-of-somebody-42" },
        headers: { "set-cookie": "sid=an0ther-value-99; Path=/" },
        body: { detail: { error: { type: "rate_limit_error", message: `Not so fast, ${token}.`, password: "hunter2hunter2" } } },
      }),
    );
    expect(shown).toHaveLength(1);
    expect(JSON.stringify(shown)).not.toMatch(/tok-5f1c|c00kie|an0ther|key-of-somebody|hunter2/);
    expect(JSON.stringify(shown)).toContain("[masked]");
  });

  it("are cut, and say how much is missing; a secret at the cut does not show", async () => {
    const token = "tok-5f1c7a9be02d4c66";
    for (const at of [5_990, 6_000, 19_990, 20_000]) {
      const message = `${"x".repeat(at)} ${token}${"y".repeat(30_000)}`;
      const [exchange] = await show(
        limited({
          requestHeaders: { authorization: `Bearer ${token}` },
          body: { detail: { error: { type: "rate_limit_error", message } } },
        }),
      );
      const { text = "", cut = 0 } = exchange?.response?.body ?? {};
      expect(text.length).toBeLessThanOrEqual(6_000);
      expect(cut).toBeGreaterThan(30_000);
      expect(text).not.toMatch(/tok-5/);
    }
  });
});
