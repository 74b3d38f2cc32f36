// Random, the same for the same seed, and the bodies that are made of it.
import { createHash } from "node:crypto";

/** @typedef {() => number} Random a number in [0, 1) */

/** @param {number} seed @returns {Random} mulberry32 */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @template T @param {Random} random @param {readonly T[]} list @returns {T} */
export const pick = (random, list) => /** @type {T} */ (list[Math.floor(random() * list.length)]);

// Some of it is not ASCII, as in real traffic: that is what makes decoding dear.
export const words =
  "coursé 学习 course lesson preset module quiz learner progress draft publish outline topic example answer review section title summary".split(
    " ",
  );

/** @param {Random} random @param {number} length plain text */
export function makeText(random, length) {
  let text = "";
  while (text.length < length) text += `${pick(random, words)} `;
  return text.slice(0, length);
}

/** @param {Random} random */
export const makeId = (random) => createHash("sha256").update(String(random())).digest("hex").slice(0, 12);

/** A minified script's worth of text is made once and cut from at random: making it must not be what takes the time. */
export function makeScript(/** @type {Random} */ random) {
  let text = "";
  while (text.length < 1 << 19)
    text += `function ${makeId(random)}(e,t){var n=e.${pick(random, words)}||{};return t&&n["${pick(random, words)}"]?'${makeText(random, 40)}':null}\n`;
  return text;
}

/** Courses are made once as well, and lists of them drawn at random. @param {Random} random */
export function makeCourses(random) {
  return Array.from({ length: 2000 }, () =>
    JSON.stringify({
      id: `crs_${makeId(random)}`,
      object: "course",
      title: makeText(random, 24),
      lessons: Math.floor(random() * 40),
      published: random() < 0.5,
      summary: makeText(random, 60),
    }),
  );
}

/** @param {Random} random @param {readonly string[]} courses @param {number} length a JSON list of about that length */
export function makeList(random, courses, length) {
  const chosen = [];
  for (let size = 2; size < length; ) {
    const course = pick(random, courses);
    chosen.push(course);
    size += course.length + 1;
  }
  return `{"data":[${chosen.join(",")}],"has_more":false}`;
}
