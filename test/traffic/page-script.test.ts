import { expect, it } from "vitest";
import { hidesHeaders } from "../../src/traffic/page-script.ts";
import { makeExchange } from "../kit/exchange.ts";

const origin = { requestHeaders: { Origin: "https://app.courses.example" } };

it("hides headers from a page's script", () => {
  expect(hidesHeaders(makeExchange({ ...origin, headers: { "Content-Type": "application/json", "cache-control": "no-store" } }))).toBe(
    true,
  );
});

it.each([
  ["the request has no Origin", { headers: { "Content-Type": "application/json" } }],
  ["another field is shown", { ...origin, headers: { "Content-Type": "application/json", Date: "Mon, 05 Jan 2026 12:00:00 GMT" } }],
  ["the sharing is shown", { ...origin, headers: { "Access-Control-Allow-Origin": "*" } }],
])("hides nothing where %s", (_, parts) => {
  expect(hidesHeaders(makeExchange(parts))).toBe(false);
});
