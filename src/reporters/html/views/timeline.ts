import { counted } from "../../layout.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import type { Attempt } from "./attempts.ts";

const [width, left, right, top, rowHeight, barHeight] = [760, 96, 16, 10, 40, 12];

/** Attempts as bars on an axis of time, the waits that answers asked for as shaded stretches, early attempts marked; and the same as a table. */
export function timelineView(attempts: readonly Attempt[]): Branch {
  return h(
    "figure",
    { class: "timeline" },
    h(
      "figcaption",
      {},
      h("h4", {}, "Timeline "),
      h("span", { class: "dim" }, `${summaryOf(attempts)} Shaded: the wait that Retry-After asks for.`),
    ),
    h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Timeline, scrolls sideways" }, drawing(attempts)),
    h("details", {}, h("summary", {}, "The same as a table"), table(attempts)),
  );
}

function drawing(attempts: readonly Attempt[]): Branch {
  const end = endOfAxis(attempts);
  const x = (seconds: number) => left + ((width - left - right) * Math.min(seconds, end)) / end;
  const height = top + rowHeight * attempts.length + 24;
  const floor = height - 22;
  return h(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": summaryOf(attempts) },
    ...ticksOf(end).flatMap((tick) => [
      h("line", { class: "grid", x1: round(x(tick)), x2: round(x(tick)), y1: top, y2: floor }),
      h(
        "text",
        { class: "tick", x: round(x(tick)), y: height - 6, "text-anchor": tick > 0.95 * end ? "end" : "middle" },
        secondsText(tick),
      ),
    ]),
    ...attempts.map((attempt, index) => attemptRow(attempt, top + rowHeight * index, x, end)),
  );
}

function attemptRow({ exchange, start, end, until, early }: Attempt, y: number, x: (seconds: number) => number, axisEnd: number): Branch {
  const barY = y + 18;
  const from = x(start);
  const wait = until === null || until <= end ? undefined : { x: x(end), width: x(until) - x(end), beyond: until > axisEnd };
  const atRight = from > left + (width - left) * 0.6;
  const early_ = early > 0 ? ` ◀ ${secondsText(early)} too early` : "";
  const words = `${answerOf(exchange)}${exchange.wait === null ? "" : ` · Retry-After: ${exchange.wait.text.slice(0, 32)}`}`;
  return h(
    "g",
    {},
    h("text", { class: "label", x: 4, y: barY + barHeight - 2 }, `entry ${exchange.entry}`),
    wait && h("rect", { class: "wait", x: round(wait.x), y: barY - 4, width: round(wait.width), height: barHeight + 8 }),
    wait?.beyond ? h("text", { class: "tick", x: width - right, y: barY + barHeight - 2, "text-anchor": "end" }, "→") : undefined,
    h("rect", {
      class: early > 0 ? "bar early" : "bar",
      x: round(from),
      y: barY,
      width: round(Math.max(4, x(end) - from)),
      height: barHeight,
      rx: 2,
    }),
    h(
      "text",
      { class: "words", x: round(atRight ? Math.max(from, x(end)) : from), y: y + 11, "text-anchor": atRight ? "end" : "start" },
      words,
      early_ === "" ? undefined : h("tspan", { class: "early" }, early_),
    ),
  );
}

function table(attempts: readonly Attempt[]): Branch {
  const heads = ["Attempt", "Started after", "Took", "Answer", "Retry-After", "May return after", "Came too early by"];
  const row = ({ exchange, start, end, until, early }: Attempt): Branch =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, `entry ${exchange.entry}`),
      ...[
        secondsText(start),
        exchange.endedAt === null ? "not known" : secondsText(end - start),
        answerOf(exchange),
        exchange.wait?.text ?? "–",
        until === null ? "–" : secondsText(until),
        early > 0 ? h("strong", {}, secondsText(early)) : "–",
      ].map((cell: Tree) => h("td", {}, cell)),
    );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": "Attempts, scrolls sideways" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, ...attempts.map(row)),
    ),
  );
}

function summaryOf(attempts: readonly Attempt[]): string {
  const span = Math.max(...attempts.map(({ end }) => end));
  const early = attempts.filter((attempt) => attempt.early > 0).map(({ exchange }) => String(exchange.entry));
  const told =
    early.length === 0 ? "" : ` ${early.length === 1 ? "Entry" : "Entries"} ${early.join(", ")} came before the announced wait was over.`;
  return `${counted(attempts.length, "attempt")} in ${secondsText(span)}.${told}`;
}

/** A wait that is much longer than the attempts took would leave no room for them: it runs off the edge. */
function endOfAxis(attempts: readonly Attempt[]): number {
  const last = Math.max(0.001, ...attempts.map(({ end }) => end));
  const until = Math.max(...attempts.map((attempt) => attempt.until ?? 0));
  return Math.min(Math.max(last, until), 4 * last) * 1.02;
}

/** Round moments, six or so. */
function ticksOf(end: number): number[] {
  const rough = end / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

function answerOf({ response }: Attempt["exchange"]): string {
  return response === null ? "no answer" : response.line[0];
}

function secondsText(seconds: number): string {
  return seconds !== 0 && Math.abs(seconds) < 1
    ? `${Math.round(seconds * 1000)} ms`
    : `${Number(seconds.toFixed(seconds < 100 ? 1 : 0))} s`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
