import type { Account, Body, Exchange, Headers, NotJudged, Origin, ProbeMark, Request, Response } from "../model/exchange.ts";
import { type SplitUrl, splitUrl } from "../syntax/url.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";
import { readStart } from "./entry-time.ts";
import type { Oddity } from "./fault-counter.ts";
import { HeaderLines } from "./header-lines.ts";
import { findNotJudged } from "./not-judged.ts";
import { readProbeMark } from "./probe-mark.ts";
import { RequestBody } from "./request-body.ts";
import { ResponseBody } from "./response-body.ts";
import { readStatus } from "./response-status.ts";

/** What an exchange needs from its capture. */
export interface CaptureFacts {
  readonly timeline: string;
  readonly side: "before" | "after" | undefined;
  readonly findAccount: (request: Request, parts: EntryParts) => Account | undefined;
  readonly onOddity: (oddity: Oddity, origin: Origin) => void;
}

/** An exchange over an entry's parts: each is decoded when first asked for, then remembered. */
export class EntryExchange implements Exchange {
  readonly origin: Origin;
  readonly request: EntryRequest;
  readonly response: EntryResponse;
  private readonly parts: EntryParts;
  private readonly facts: CaptureFacts;
  private times: { readonly start: number | undefined; readonly end: number | undefined } | undefined;
  private asker: { readonly account: Account | undefined } | undefined;
  private verdict: { readonly why: NotJudged | undefined } | undefined;
  private sent: { readonly probe: ProbeMark | undefined } | undefined;

  constructor(origin: Origin, parts: EntryParts, facts: CaptureFacts) {
    this.origin = origin;
    this.parts = parts;
    this.facts = facts;
    this.request = new EntryRequest(parts);
    this.response = new EntryResponse(parts, this.request, this);
  }

  /** A body was said to be base64, and is not. */
  noteOddBase64(): void {
    this.facts.onOddity("oddBase64", this.origin);
  }

  get startedAt(): number | undefined {
    return this.readTimes().start;
  }

  get endedAt(): number | undefined {
    return this.readTimes().end;
  }

  get waited(): number | undefined {
    const wait = this.parts.value(F.wait);
    return typeof wait === "number" && Number.isFinite(wait) && wait >= 0 ? wait : undefined;
  }

  get connected(): number | undefined {
    const connect = this.parts.value(F.connect);
    return typeof connect === "number" && Number.isFinite(connect) && connect >= 0 ? connect : undefined;
  }

  get account(): Account | undefined {
    this.asker ??= { account: this.facts.findAccount(this.request, this.parts) };
    return this.asker.account;
  }

  get notJudged(): NotJudged | undefined {
    this.verdict ??= { why: findNotJudged(this, this.parts) };
    return this.verdict.why;
  }

  get timeline(): string {
    return this.facts.timeline;
  }

  get side(): "before" | "after" | undefined {
    return this.facts.side;
  }

  get probe(): ProbeMark | undefined {
    this.sent ??= { probe: readProbeMark(this.parts.value(F.probe)) };
    return this.sent.probe;
  }

  get label(): string {
    return this.parts.text(F.scenario) ?? this.parts.text(F.comment) ?? "";
  }

  get failure(): string {
    return this.parts.text(F.error) || this.parts.text(F.responseError) || "";
  }

  private readTimes() {
    if (this.times === undefined) {
      const start = readStart(this.parts);
      const time = this.parts.value(F.time);
      const known = typeof time === "number" && Number.isFinite(time) && time >= 0;
      this.times = { start, end: start !== undefined && known ? start + time : undefined };
    }
    return this.times;
  }
}

class EntryRequest implements Request {
  readonly headers: Headers;
  private readonly parts: EntryParts;
  private content: Body | undefined;
  private verb: string | undefined;
  private address: string | undefined;
  private split: SplitUrl | undefined;

  constructor(parts: EntryParts) {
    this.parts = parts;
    this.headers = new HeaderLines(parts, F.requestHeaders);
  }

  get body(): Body {
    this.content ??= new RequestBody(this.parts, this.headers);
    return this.content;
  }

  get method(): string {
    this.verb ??= (this.parts.text(F.method) ?? "").toUpperCase();
    return this.verb;
  }

  get url(): string {
    this.address ??= this.parts.text(F.url) ?? "";
    return this.address;
  }

  get server(): string {
    return this.splitUrl().server;
  }

  get path(): string {
    return this.splitUrl().path;
  }

  get query(): string {
    return this.splitUrl().query;
  }

  private splitUrl(): SplitUrl {
    this.split ??= splitUrl(this.url) ?? splitRelative(this.url);
    return this.split;
  }
}

/** A URL without scheme and host, as in captures written by hand: no server. */
function splitRelative(url: string): SplitUrl {
  const [beforeHash = ""] = url.split("#", 1);
  const mark = beforeHash.indexOf("?");
  const path = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  return { scheme: "", server: "", path: path === "" ? "/" : path, query: mark < 0 ? "" : beforeHash.slice(mark + 1) };
}

class EntryResponse implements Response {
  private readonly parts: EntryParts;
  private readonly request: Request;
  private readonly exchange: EntryExchange;
  private fields: Headers | undefined;
  private code: number | undefined;
  private phrase: string | undefined;
  private content: Body | undefined;

  constructor(parts: EntryParts, request: Request, exchange: EntryExchange) {
    this.parts = parts;
    this.request = request;
    this.exchange = exchange;
  }

  get headers(): Headers {
    this.fields ??= new HeaderLines(this.parts, F.responseHeaders);
    return this.fields;
  }

  get status(): number {
    // What is no status at all is a fault of the capture; here it is no response.
    this.code ??= readStatus(this.parts) || 0;
    return this.code;
  }

  get reason(): string {
    this.phrase ??= this.parts.text(F.statusText) ?? "";
    return this.phrase;
  }

  get body(): Body {
    this.content ??= new ResponseBody(this.parts, {
      method: this.request.method,
      status: this.status,
      headers: this.headers,
      onOddBase64: () => this.exchange.noteOddBase64(),
    });
    return this.content;
  }
}
