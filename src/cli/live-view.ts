import type { RunEvent } from "../probe/conduct.ts";
import { visible } from "../syntax/terminal-text.ts";
import type { Io } from "./io.ts";

/** The line is drawn this often while the run waits. Milliseconds. */
const beat = 250;

/** Shows a run on a terminal's standard error while it goes on: probe by probe, the budget used, the time left. `done` wipes it away. */
export function watchRun({ stderr }: Io): { readonly show: (event: RunEvent) => void; readonly done: () => void } {
  if (stderr.isTTY !== true) return { show() {}, done() {} };
  const state: ViewState = { probe: "", at: "", asked: "", sent: 0, planned: 0, pace: 60, until: undefined };
  const draw = () => stderr.write(`\r\u001b[K${describeView(state, Date.now()).slice(0, (stderr.columns ?? 80) - 1)}`);
  const timer = setInterval(draw, beat);
  timer.unref();
  return {
    show(event) {
      take(state, event, Date.now());
      draw();
    },
    done() {
      clearInterval(timer);
      stderr.write("\r\u001b[K");
    },
  };
}

/** What the view shows. */
export interface ViewState {
  probe: string;
  /** `7/42` */
  at: string;
  /** The last request and its status. */
  asked: string;
  sent: number;
  /** Requests that the run will come to, as far as is known. */
  planned: number;
  /** Requests a minute. */
  pace: number;
  /** When a wait is over, milliseconds since the epoch. */
  until: { readonly at: number; readonly why: string } | undefined;
}

/** Brings an event into the view. */
export function take(state: ViewState, event: RunEvent, now: number): void {
  switch (event.kind) {
    case "planned":
      state.planned = event.requests;
      state.pace = event.pace;
      return;
    case "probe":
      state.probe = event.probe.id;
      state.at = `${event.index + 1}/${event.of}`;
      return;
    case "waiting":
      state.until = event.why === "pace" ? undefined : { at: now + event.milliseconds, why: event.why };
      return;
    case "asked": {
      const { ask, status } = event.asked;
      state.sent = event.sent;
      state.asked = `${ask.method} ${visible(ask.path)} ${status === 0 ? "no answer" : status}`;
      state.until = undefined;
    }
  }
}

/** `7/42 mask/read  31 of 96 requests, 2 min left  GET /v1/courses/crs_1 404`. */
export function describeView({ probe, at, asked, sent, planned, pace, until }: ViewState, now: number): string {
  const left = Math.max(0, planned - sent);
  const seconds = Math.ceil((left * 60) / pace);
  const time = left === 0 ? "" : `, ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
  const waiting = until === undefined ? "" : `  waiting ${Math.max(0, Math.ceil((until.at - now) / 1_000))} s (${until.why})`;
  return `${at} ${probe}  ${sent} of ${planned} requests${time}${waiting}  ${asked}`;
}
