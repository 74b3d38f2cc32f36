import { type Contract, type ErrorAnswer, type Row, rowsLeft, soleRow } from "../../model/contract.ts";
import { parseHttpDate } from "../../syntax/http-date.ts";
import { readRateLimit } from "../../syntax/rate-limit-field.ts";
import { readRetryAfter, secondsOf, type Wait, type WaitFault } from "../../syntax/retry-after.ts";
import { isForeignVoice, meetingWhere } from "../duty.ts";
import { hidesHeaders } from "../page-script.ts";

/** The first thing wrong with an answer's Retry-After. There is one at most: what follows from it is not told again. */
export type RetryAfterVerdict =
  | { readonly kind: "missing"; readonly row: Row | null }
  /** A page's script made the capture, and could not see whether the field is there. */
  | { readonly kind: "hidden" }
  | { readonly kind: "forbidden" | "pointless"; readonly row: Row | null; readonly value: string }
  /** `promised`: the contract asks for the field, HTTP's grammar aside. */
  | { readonly kind: "malformed"; readonly fault: WaitFault; readonly value: string; readonly promised: boolean }
  | { readonly kind: "obsolete"; readonly value: string }
  | { readonly kind: "wrong-form"; readonly promised: "seconds" | "date"; readonly value: string }
  /** Without a Date field a moment cannot be turned into a wait. */
  | { readonly kind: "undated" }
  | { readonly kind: "disagrees"; readonly seconds: number; readonly named: number; readonly where: string }
  | { readonly kind: "before-reset"; readonly seconds: number; readonly reset: number; readonly policy: string }
  | { readonly kind: "past" | "zero"; readonly value: string }
  | { readonly kind: "below" | "above" | "beyond-window"; readonly seconds: number; readonly bound: number }
  /** Nothing is wrong; `seconds` undefined: there is no wait to speak of. */
  | { readonly kind: "fine"; readonly seconds: number | undefined };

/** The last answer that was judged: every rule of the family asks for it in turn. */
let last: { readonly answer: ErrorAnswer; readonly contract: Contract; readonly verdict: RetryAfterVerdict } | undefined;

/** Judges Retry-After as the contract asks for it: presence, form, agreement, range, in that order. To be asked in the answer's turn. */
export function judgeRetryAfter(answer: ErrorAnswer, contract: Contract): RetryAfterVerdict {
  if (last?.answer !== answer || last.contract !== contract) last = { answer, contract, verdict: judge(answer, contract) };
  return last.verdict;
}

function judge(answer: ErrorAnswer, contract: Contract): RetryAfterVerdict {
  const fine = { kind: "fine", seconds: undefined } as const;
  if (isForeignVoice(answer)) return fine;
  const { exchange } = answer;
  const { headers } = exchange.response;
  const lines = headers.all("retry-after");
  if (lines.length === 0) {
    const owed = meetingWhere(answer, (row) => row.retryAfter.presence === "required");
    if (owed === undefined) return fine;
    return hidesHeaders(exchange) ? { kind: "hidden" } : { kind: "missing", row: soleRow(owed) };
  }

  const value = lines.join(", ");
  const sent = parseHttpDate(headers.get("date") ?? "")?.at;
  const wait = readRetryAfter(lines, sent ?? exchange.startedAt) as Wait;
  const unwanted = meetingWhere(answer, (row) => row.retryAfter.presence === "forbidden");
  if (unwanted !== undefined) return { kind: "forbidden", row: soleRow(unwanted), value };
  const promised = meetingWhere(answer, speaksOfWait) !== undefined;
  if (wait.kind === "malformed") return { kind: "malformed", fault: wait.fault, value, promised };
  for (const form of ["seconds", "date"] as const)
    if (wait.kind !== form && meetingWhere(answer, (row) => row.retryAfter.form === form) !== undefined)
      return { kind: "wrong-form", promised: form, value };
  if (wait.kind === "date" && wait.obsolete) return { kind: "obsolete", value };
  const pointless = meetingWhere(answer, (row) => row.retry === "never");
  if (pointless !== undefined) return { kind: "pointless", row: soleRow(pointless), value };

  const seconds = secondsOf(wait, sent);
  if (seconds === undefined) return promised ? { kind: "undated" } : fine;
  // Both dates are whole seconds, and may have been cut at different ends.
  const slack = wait.kind === "date" ? 1 : 0;
  return disagreement(answer, seconds, slack) ?? outOfRange(answer, contract, seconds, slack, value) ?? { kind: "fine", seconds };
}

/** Does a row say anything of Retry-After? */
function speaksOfWait({ retryAfter, retry }: Row): boolean {
  const { presence, form, min, max, equals } = retryAfter;
  return presence === "required" || form !== "any" || min > 0 || max !== undefined || equals !== undefined || retry === "retry-after";
}

function disagreement(answer: ErrorAnswer, seconds: number, slack: number): RetryAfterVerdict | undefined {
  for (const meeting of answer.meetings) {
    const equals = meeting.kind === "met" ? meeting.row.retryAfter.equals : undefined;
    if (meeting.kind !== "met" || equals === undefined) continue;
    const member = "member" in equals ? meeting.object?.role(equals.member) : undefined;
    const named = "capture" in equals ? meeting.captures[equals.capture] : member?.value;
    const number =
      typeof named === "number" || (typeof named === "string" && /^[0-9]+(?:\.[0-9]+)?$/.test(named)) ? Number(named) : undefined;
    // Numbers too large to be told apart do not disagree.
    if (number === undefined || !Number.isFinite(number - seconds) || Math.abs(number - seconds) <= equals.tolerance + slack) continue;
    const where = "capture" in equals ? "the code" : `the body's ${equals.member}`;
    return { kind: "disagrees", seconds, named: number, where };
  }
  const spent = readRateLimit(answer.exchange.response.headers.get("ratelimit")).filter(({ requests }) => requests === 0);
  const [first] = spent.filter(({ reset }) => reset !== undefined).sort((a, b) => Number(a.reset) - Number(b.reset));
  const isSpeaker = meetingWhere(answer, speaksOfWait) !== undefined;
  if (!isSpeaker || first?.reset === undefined || spent.some(({ reset }) => reset === undefined)) return undefined;
  return seconds + 1 + slack < first.reset ? { kind: "before-reset", seconds, reset: first.reset, policy: first.policy } : undefined;
}

function outOfRange(answer: ErrorAnswer, contract: Contract, seconds: number, slack: number, value: string): RetryAfterVerdict | undefined {
  if (meetingWhere(answer, speaksOfWait) === undefined) return undefined;
  if (seconds < -1) return { kind: "past", value };
  const least = boundOf(answer, ({ retryAfter }) => (retryAfter.min > 0 ? retryAfter.min : undefined), Math.min);
  if (least !== undefined && seconds + slack < least) return { kind: "below", seconds, bound: least };
  if (seconds === 0 && slack === 0) return { kind: "zero", value };
  const most = boundOf(answer, ({ retryAfter }) => retryAfter.max, Math.max);
  if (most !== undefined) return seconds - slack > most ? { kind: "above", seconds, bound: most } : undefined;
  const window = contract.rateLimit?.window;
  if (window === undefined || seconds - slack - 1 <= window || !isTheLimit(answer, contract)) return undefined;
  return { kind: "beyond-window", seconds, bound: window };
}

/** The widest of a bound that every row left gives. */
function boundOf(answer: ErrorAnswer, read: (row: Row) => number | undefined, widest: (...bounds: number[]) => number): number | undefined {
  const meeting = meetingWhere(answer, (row) => read(row) !== undefined);
  return meeting === undefined ? undefined : widest(...rowsLeft(meeting).flatMap((row) => read(row) ?? []));
}

/** Is this the row of the contract's rate limit? Only where no other 429 asks for a wait: a quota has a window of its own. */
function isTheLimit(answer: ErrorAnswer, contract: Contract): boolean {
  const limits = contract.rows.filter(isLimitRow);
  return limits.length === 1 && meetingWhere(answer, (row) => row === limits[0]) !== undefined;
}

/** A row that turns a request away for a while: a 429 that says when to come back. */
export function isLimitRow(row: Row): boolean {
  return row.status.has(429) && (row.retryAfter.presence === "required" || row.retry === "retry-after");
}
