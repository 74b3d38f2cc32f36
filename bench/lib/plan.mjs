// What is measured, in order: each series is one capture, and contenders that take turns over it.
import { parseSize } from "../make-capture.mjs";
import { nameCapture } from "./captures.mjs";

const readers = ["wc", "json-parse", "streamparser", "stream-json", "jq", "har-validator", "drift", "openapi-response-validator"];
const audits = ["envelint", "envelint-plain", "envelint-strict", "envelint-reading"];

/** Fewer rounds where each is long: noise is short. @param {string} size */
const roundsOf = (size) => (parseSize(size) < 200e6 ? 5 : parseSize(size) < 1e9 ? 3 : 1);

/**
 * @typedef {{ id: string, kind: "capture" | "large-entry" | "start-up", order?: import("./captures.mjs").CaptureOrder, example?: string, rounds: number, contenders: string[] }} Series
 * @param {{ sizes: string[], profiles: string[], layouts: string[], parts: string[], rounds?: number, only?: string[] }} choice
 * @returns {Series[]}
 */
export function plan({ sizes, profiles, layouts, parts, rounds, only }) {
  const chosen = (/** @type {string[]} */ ids) => (only === undefined ? ids : ids.filter((id) => only.includes(id)));
  /** @type {Series[]} */
  const series = [];
  if (parts.includes("captures"))
    // Layout changes what a byte costs, not how cost grows: one is enough where a round takes minutes.
    for (const size of sizes)
      for (const profile of profiles)
        for (const layout of parseSize(size) < 1e9 ? layouts : layouts.slice(0, 1)) {
          const order = { profile, size, layout };
          const contenders = chosen(["bare-node", ...readers, ...audits]);
          series.push({ id: nameCapture(order), kind: "capture", order, rounds: rounds ?? roundsOf(size), contenders });
        }
  if (parts.includes("faulty")) {
    const order = { profile: "faulty", size: "50MB", layout: "compact" };
    series.push({
      id: nameCapture(order),
      kind: "capture",
      order,
      rounds: rounds ?? 5,
      contenders: chosen(["bare-node", "json-parse", ...audits]),
    });
  }
  if (parts.includes("large-entry")) {
    const order = { profile: "api", size: "5MB", layout: "compact", largestBody: "300MB" };
    const contenders = chosen(["bare-node", "json-parse", "streamparser", "stream-json", "jq", ...audits]);
    series.push({ id: nameCapture(order), kind: "large-entry", order, rounds: rounds ?? 3, contenders });
  }
  if (parts.includes("start-up")) {
    const contenders = chosen(["bare-node", "import-yargs", "envelint"]);
    series.push({ id: "start-up", kind: "start-up", example: "course-api/before.har", rounds: rounds ?? 25, contenders });
    series.push({ id: "start-up-errors", kind: "start-up", example: "course-api/bad.har", rounds: rounds ?? 25, contenders });
  }
  return series;
}
