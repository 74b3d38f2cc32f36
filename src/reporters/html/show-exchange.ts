import type { ShownBody, ShownExchange, ShownMessage } from "../../model/shown-exchange.ts";
import { parseHttpDate } from "../../syntax/http-date.ts";
import { readRetryAfter, secondsOf } from "../../syntax/retry-after.ts";
import { foreign } from "../layout.ts";
import { indentJson } from "./indent-json.ts";
import { limits } from "./limits.ts";
import type { BodyData, ExchangeData, MessageData } from "./page-data.ts";
import { beginningOf, visibleBody } from "./shown-text.ts";

/** A body's text as set out, before it is made visible and cut: places are looked for in it. */
export interface BodyLayout {
  readonly text: string;
  /** False: the report itself has only its beginning. */
  readonly whole: boolean;
  /** Characters of it that the page shows, made visible. */
  readonly length: number;
}

/** An exchange as the page shows it, and its bodies' layouts. */
export function showExchange(exchange: ShownExchange): {
  readonly data: ExchangeData;
  readonly layouts: Readonly<Record<"request" | "response", BodyLayout>>;
} {
  const { request, response, startedAt, endedAt, account } = exchange;
  const asked = showBody(request.body);
  const answered = response === null ? undefined : showBody(response.body);
  return {
    data: {
      capture: foreign(exchange.capture, limits.name),
      entry: exchange.entry,
      startedAt,
      endedAt,
      account: account === null ? null : foreign(account, limits.name),
      request: showMessage([request.method, request.url], request, asked.data),
      response: response && answered ? showMessage([String(response.status), response.reason], response, answered.data) : null,
      wait: waitOf(exchange),
    },
    layouts: { request: asked.layout, response: answered?.layout ?? { text: "", whole: true, length: 0 } },
  };
}

function showMessage([first, second]: readonly [string, string], { headers }: ShownMessage, body: BodyData): MessageData {
  return {
    line: [foreign(first, limits.name), foreign(second, limits.url)],
    fields: headers.slice(0, limits.fields).map(([name, value]) => [foreign(name, limits.name), foreign(value, limits.field)]),
    body,
  };
}

function showBody({ state, text, cut }: ShownBody): { readonly data: BodyData; readonly layout: BodyLayout } {
  const kept = beginningOf(text, limits.body);
  const layout = indentJson(kept.replaceAll("\r\n", "\n"));
  // What lays JSON out is bounded too: brackets alone would be forty times as long.
  const shown = beginningOf(visibleBody(layout), 3 * limits.body);
  return {
    data: { state, text: shown, cut: cut + text.length - kept.length },
    layout: { text: layout, whole: cut === 0 && kept === text, length: shown.length },
  };
}

/** The moment until which an answer asks for patience, by the clock of whoever captured it. */
function waitOf({ response, startedAt, endedAt }: ShownExchange): ExchangeData["wait"] {
  if (response === null) return null;
  const all = (name: string) => response.headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  const lines = all("retry-after");
  const date = parseHttpDate(all("date")[0] ?? "")?.at;
  const wait = readRetryAfter(lines, date ?? startedAt ?? undefined);
  if (wait === undefined) return null;
  const seconds = secondsOf(wait, date ?? endedAt ?? undefined);
  const from = endedAt ?? startedAt;
  return { text: foreign(lines.join(", "), 80), until: seconds === undefined || from === null ? null : from + 1000 * seconds };
}
