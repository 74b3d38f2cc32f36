// The captures that are read: made when they are needed, in a folder that is kept only where it is asked for.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCapture, parseSize } from "../make-capture.mjs";

/**
 * @typedef {{ profile: string, size: string, layout: string, largestBody?: string }} CaptureOrder
 * @typedef {{ file: string, bytes: number, entries: number, errors: number }} Capture
 */

/** @param {CaptureOrder} order */
export const nameCapture = ({ profile, size, layout, largestBody }) =>
  [size, profile, layout, ...(largestBody === undefined ? [] : [largestBody])].join("-");

/** Why there is no room for it; undefined where there is. @param {CaptureOrder} order @param {string} folder */
export function whyNoRoom({ size, largestBody = "0" }, folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > (parseSize(size) + parseSize(largestBody)) * 1.2 ? undefined : "no room on the disk";
}

/**
 * @param {CaptureOrder} order
 * @param {string} folder
 * @returns {Promise<Capture>}
 */
export async function takeCapture(order, folder) {
  const file = join(folder, `${nameCapture(order)}.har`);
  const note = `${file}.json`;
  if (existsSync(note) && existsSync(file)) return { file, ...JSON.parse(readFileSync(note, "utf8")) };
  const made = await makeCapture({
    profile: order.profile,
    size: parseSize(order.size),
    out: file,
    pretty: order.layout === "pretty",
    largestBody: parseSize(order.largestBody ?? "0"),
  });
  // What is still on its way to the disk would slow those that come first.
  const written = openSync(file, "r+");
  fsyncSync(written);
  closeSync(written);
  writeFileSync(note, JSON.stringify(made));
  return { file, ...made };
}

/** @param {Capture} capture */
export function dropCapture({ file }) {
  for (const path of [file, `${file}.json`]) rmSync(path, { force: true });
}
