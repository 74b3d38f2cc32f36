import type { Json } from "./json.ts";

/** Where an exchange stands in its capture: enough to find it again. */
export interface Origin {
  /** The capture as a report names it: relative to the working directory with "/", or "<stdin>". */
  readonly capture: string;
  /** Zero-based index in `log.entries`, or of the NDJSON line. */
  readonly entry: number;
  /** Bytes from the start of the (decompressed) capture to the entry's first byte. */
  readonly offset: number;
  /** One-based line of `offset`; every exchange read from a capture has it. */
  readonly line?: number;
}

/** Who asked: equal ids, equal credentials. The id is a hash keyed anew in every run, never the credential. */
export interface Account {
  readonly id: string;
  /** The name the user gave the capture (`--account`). */
  readonly name?: string;
  /** The credentials of this one request, hashed as an id is; undefined = none to be seen. Without a name it is the id. */
  readonly credential?: string;
}

/** A request that was sent to see what the server makes of it, not by a client at its work (`_probe` in the entry). */
export interface ProbeMark {
  /** Which probe: `auth/none`. */
  readonly id: string;
  /** It went to a live server under envelint's eyes; false = it stands in a recording made by other means. */
  readonly live: boolean;
  /** How dangerous the request was held to be, 0 to 3; undefined = not said. */
  readonly level?: number;
  /** The rows it was sent to provoke, by name. */
  readonly aims?: readonly string[];
  /** The masked resource it asks for, and what that is to the asker, where whoever asked knew it. */
  readonly target?: { readonly resource: string; readonly is: "own" | "foreign" | "missing" };
  /** Answers that are to be compared with one another share it: `GET /v1/courses/{course_id}, plain`. */
  readonly group?: string;
  /** Which of a group's pairs it belongs to, from 0. */
  readonly pair?: number;
}

/** Why an exchange is counted but not judged. */
export type NotJudged =
  | "no-response" // status 0 or out of 100..599, an `_error`, no response at all
  | "from-cache"
  | "mock" // answered by the test tool, not by a server
  | "preflight" // CORS
  | "not-http"; // data:, blob:, ws:, extensions

/** One request and its response. Parts are decoded when first asked for, and only while the exchange is being judged. */
export interface Exchange {
  readonly origin: Origin;
  /** Milliseconds since the epoch; undefined where the capture's date cannot be read. */
  readonly startedAt: number | undefined;
  /** When the response had arrived (`startedAt` + HAR `time`); undefined where either is unknown. */
  readonly endedAt: number | undefined;
  /** Milliseconds from the request's last byte to the response's first (HAR `timings.wait`); undefined where it is not known. */
  readonly waited: number | undefined;
  /** Milliseconds it took to open the connection (HAR `timings.connect`); 0 or undefined: there was one, or it is not known. */
  readonly connected?: number | undefined;
  /** undefined: no declared credential in the request, which is anonymous or was stripped by the capture tool. */
  readonly account: Account | undefined;
  readonly notJudged: NotJudged | undefined;
  /** What happened in one order of time: its capture's name, or one name for all where captures are of one run (`--together`). */
  readonly timeline: string;
  /** undefined: the traffic of a client. */
  readonly probe: ProbeMark | undefined;
  /** What the capture calls the scenario: the entry's `_scenario`, else its `comment`; "" = nothing. */
  readonly label: string;
  /** What the capture's tool says went wrong, where no response came (`_error`): `net::ERR_CONNECTION_REFUSED`; "" = nothing. */
  readonly failure: string;
  /** Which of two compared captures holds it (`envelint diff`); undefined in an audit. */
  readonly side: "before" | "after" | undefined;
  readonly request: Request;
  readonly response: Response;
}

export interface Request {
  /** As sent, upper case. */
  readonly method: string;
  /** As captured. */
  readonly url: string;
  /** Scheme, host and port, lower case, default port left out: `https://api.example.com`. */
  readonly server: string;
  /** Raw path, still percent-encoded, without query; "/" when empty. */
  readonly path: string;
  /** Raw query without "?"; "" when none. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Response {
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: Body;
}

/** Header fields; names are case-insensitive, order and repeats are kept. */
export interface Headers {
  /** All values of a field joined by ", " (RFC 9110 5.3); undefined when absent. */
  get(name: string): string | undefined;
  /** Each line's value of a field; empty when absent. */
  all(name: string): readonly string[];
  /** Every line in order, names as captured, HTTP/2 pseudo-headers left out. */
  lines(): readonly (readonly [name: string, value: string])[];
}

export interface Body {
  /** `not-captured`: there was or may have been a body, but the capture does not hold it. */
  readonly state: "present" | "empty" | "not-captured";
  /** True where the capture holds only the beginning. */
  readonly truncated: boolean;
  /** The media type the capture gives beside the body (HAR `mimeType`); the Content-Type field is in the headers. */
  readonly mediaType: string | undefined;
  /** Decoded text; "" unless present. */
  text(): string;
  /** The text as JSON, parsed once. */
  json(): ParsedJson;
  /** The text's first characters, `length` at the most, without decoding the rest of it; "" unless present. */
  head(length: number): string;
  /** False: the decoded text surely does not contain `word` (plain ASCII, no quote or backslash). A cheap look before `text()`. */
  mayMention(word: string): boolean;
  /** False: the text surely is no JSON object whose first member has one of these names. As cheap a look, at the text's beginning alone. */
  mayBeginWith(members: ReadonlySet<string>): boolean;
}

export type ParsedJson =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false /** The parser's complaint, one line. */; readonly reason: string };
