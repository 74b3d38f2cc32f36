import { counted } from "../../layout.ts";
import type { ExchangeData, Mark, MessageData, Side } from "../page-data.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import { copyButton } from "./copyable.ts";

/** Request and response side by side, the place marked. */
export function exchangeView(exchange: ExchangeData, mark: Mark | null): Branch {
  const { request, response, account, startedAt, endedAt } = exchange;
  const took = startedAt === null || endedAt === null ? "" : `, ${Math.round(endedAt - startedAt)} ms`;
  return h(
    "div",
    { class: "exchange" },
    messageView(
      "request",
      request,
      mark,
      [account === null ? "" : `as ${account}`, timeOf(startedAt)].filter((text) => text !== "").join(", "),
    ),
    response === null
      ? h("section", { class: "message" }, h("h4", {}, "Response"), h("p", { class: "dim" }, "No answer came."))
      : messageView("response", response, mark, timeOf(endedAt) + took),
  );
}

function messageView(side: Side, { line, fields, body }: MessageData, mark: Mark | null, about: string): Branch {
  const own = mark?.side === side ? mark : null;
  const isLong = body.text.length > 1_200 || body.text.split("\n").length + fields.length > 24;
  const name = side === "request" ? "Request" : "Response";
  const attributes = isLong ? { tabindex: 0, role: "group", "aria-label": `${name}, scrolls` } : {};
  return h(
    "section",
    { class: "message copyable" },
    h("h4", {}, name, " ", h("span", { class: "dim" }, about), copyButton(side)),
    h(
      "pre",
      { class: isLong ? "http long" : "http", "data-copied": true, ...attributes },
      h(
        "span",
        { class: "start" },
        ...line.flatMap((part, index) => [index === 0 ? "" : " ", own?.part === "line" && own.index === index ? marked(part) : part]),
      ),
      "\n",
      ...fields.flatMap(([field, value], index) => {
        const shown: Tree = [h("span", { class: "field" }, field), ": ", value];
        return [own?.part === "fields" && own.indices.includes(index) ? marked(shown) : shown, "\n"];
      }),
      ...(own?.part === "absent" ? [h("mark", { class: "absent" }, h("span", { class: "field" }, own.name), ": (not there)"), "\n"] : []),
      ...(body.state === "empty" ? [] : ["\n"]),
      bodyView(body, own),
    ),
    body.cut > 0 ? h("p", { class: "dim" }, `${counted(body.cut, "more character")} of the body left out.`) : undefined,
  );
}

function bodyView({ state, text }: MessageData["body"], mark: Mark | null): Tree {
  if (state === "not-captured")
    return h("span", { class: "dim" }, mark?.part === "body" ? marked("body not captured") : "body not captured");
  if (mark?.part !== "body") return text;
  return [text.slice(0, mark.start), marked(text.slice(mark.start, mark.end)), text.slice(mark.end)];
}

function marked(shown: Tree): Branch {
  return h("mark", {}, shown);
}

function timeOf(moment: number | null): string {
  return moment === null || Math.abs(moment) > 8.64e15 ? "" : new Date(moment).toISOString().replace("T", " ").replace("Z", " UTC");
}
