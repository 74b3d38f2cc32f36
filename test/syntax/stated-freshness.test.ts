import { expect, it } from "vitest";
import { statedFreshness } from "../../src/syntax/stated-freshness.ts";
import { makeHeaders } from "../kit/exchange.ts";

const [now, later] = ["Mon, 05 Jan 2026 12:00:00 GMT", "Mon, 05 Jan 2026 12:00:01 GMT"];

it.each<[Record<string, string>, "Cache-Control" | "Expires" | undefined]>([
  [{}, undefined],
  [{ "cache-control": "max-age=1" }, "Cache-Control"],
  [{ "cache-control": "max-age=0" }, undefined],
  [{ "cache-control": "max-age=soon" }, undefined],
  [{ "cache-control": "private" }, undefined],
  [{ "cache-control": "private, max-age=60" }, "Cache-Control"],
  [{ "cache-control": "public" }, "Cache-Control"],
  [{ "cache-control": "public, max-age=0" }, undefined],
  [{ "cache-control": "max-age=0, s-maxage=60" }, "Cache-Control"],
  [{ "cache-control": "s-maxage=0, public" }, undefined],
  [{ "cache-control": "public, max-age=60, no-store" }, undefined],
  [{ "cache-control": "public, max-age=60, no-cache" }, undefined],
  [{ "cache-control": "max-age=60", vary: "Accept" }, "Cache-Control"],
  [{ "cache-control": "max-age=60", vary: " * " }, undefined],
  [{ date: now, expires: later }, "Expires"],
  [{ date: now, expires: now }, undefined],
  [{ expires: later }, undefined],
  [{ date: now, expires: "0" }, undefined],
  [{ date: now, expires: later, "cache-control": "max-age=0" }, undefined],
  [{ date: now, expires: later, "cache-control": "no-cache" }, undefined],
  [{ date: now, expires: later, "cache-control": "must-revalidate" }, "Expires"],
])("%j: %s", (fields, field) => {
  const stated = statedFreshness(makeHeaders(fields));
  expect(stated?.field).toBe(field);
  expect(stated?.value).toBe(field && fields[field.toLowerCase()]);
});
