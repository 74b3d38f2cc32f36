import type { Role, Row } from "../../model/contract.ts";
import type { Exchange, Headers, Origin } from "../../model/exchange.ts";
import type { Kind } from "./body-kinds.ts";
import type { ComparedRequest } from "./compared-request.ts";
import type { ErrorOutcome } from "./error-outcome.ts";
import { isSpread, type Spread, spreadOf, stretch } from "./spread.ts";
import type { Weight } from "./status-weight.ts";

/** Error answers of one status, type and code, counted together. */
export interface Alike {
  readonly status: number;
  readonly weight: Weight;
  /** undefined: the bodies are unknown. */
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly row: Row | undefined;
  readonly first: Origin;
  readonly spread: Spread;
  samples: number;
  /** Samples of which the members are known, and in how many of them each stands, as what. */
  withKinds: number;
  readonly kinds: Map<string, { count: number; readonly kinds: Set<Kind> }>;
  /** The members that the envelope requires. */
  readonly required: Map<string, Role>;
  /** Samples of which the header fields are known, and how many have each. */
  withFields: number;
  readonly fields: Map<string, { count: number; readonly required: boolean }>;
  /** As many as `mostMessages` are too many to compare. */
  readonly messages: Set<string>;
}

export const mostMessages = 5;

/** Of more than so many kinds of ids no use is made. */
const mostGiven = 20;

/** Notes the ids that a request gave, as long as there is use of them. */
export function addGiven(
  sets: { readonly given: Set<string>; readonly asked: Set<string> },
  { given, asked }: Pick<ComparedRequest, "given" | "asked">,
): void {
  if (sets.given.size < mostGiven) sets.given.add(given);
  if (sets.asked.size < mostGiven) sets.asked.add(asked);
}

/** What one side answered to a request. */
export class SideSeen {
  readonly server: string;
  readonly alike = new Map<string, Alike>();
  /** `ComparedRequest.given` of its requests. */
  readonly given = new Set<string>();
  /** `ComparedRequest.asked` of its requests. */
  readonly asked = new Set<string>();

  constructor(server: string) {
    this.server = server;
  }

  get errors(): number {
    return this.count(() => true);
  }

  /** Samples of the answers that are so. */
  count(is: (alike: Alike) => boolean): number {
    return this.all(is).reduce((sum, { samples }) => sum + samples, 0);
  }

  all(is: (alike: Alike) => boolean): Alike[] {
    return [...this.alike.values()].filter(is);
  }

  has(is: (alike: Alike) => boolean): boolean {
    return this.all(is).length > 0;
  }

  /** What holding it weighs. */
  get weight(): number {
    return 1 + this.all(() => true).reduce((sum, { kinds }) => sum + 1 + kinds.size / 10, 0);
  }

  /** Were the answers that are so given at more than one time? */
  isSpread(is: (alike: Alike) => boolean): boolean {
    return isSpread(this.all(is).map(({ spread }) => spread));
  }

  /** Notes the ids that a request gave. */
  give(request: Pick<ComparedRequest, "given" | "asked">): void {
    addGiven(this, request);
  }

  /** Counts an error; `alsoFields` are looked for as well as those its rows name. */
  add(outcome: ErrorOutcome, exchange: Exchange, alsoFields: Iterable<string>): Alike {
    const key = alikeKey(outcome);
    const alike = this.alike.get(key) ?? begin(outcome, exchange);
    this.alike.set(key, alike);
    alike.samples++;
    stretch(alike.spread, exchange);
    addKinds(alike, outcome);
    addFields(alike, outcome, exchange.response.headers, alsoFields);
    if (outcome.said !== undefined && alike.messages.size < mostMessages) alike.messages.add(outcome.said.message);
    return alike;
  }
}

/** The same for answers of one status, type and code. */
export function alikeKey({ status, weight, said }: ErrorOutcome): string {
  return JSON.stringify([status, weight, said?.type, said?.code]);
}

function begin({ status, weight, said, row }: ErrorOutcome, exchange: Exchange): Alike {
  const { capture, entry, offset } = exchange.origin;
  return {
    status,
    weight,
    type: said?.type,
    code: said?.code,
    row,
    first: { capture, entry, offset },
    spread: spreadOf(exchange),
    samples: 0,
    withKinds: 0,
    kinds: new Map(),
    required: new Map(),
    withFields: 0,
    fields: new Map(),
    messages: new Set(),
  };
}

function addKinds(alike: Alike, { said }: ErrorOutcome): void {
  if (said?.kinds === undefined) return;
  alike.withKinds++;
  for (const [pointer, role] of said.required) alike.required.set(pointer, role);
  for (const [pointer, kind] of said.kinds) {
    const known = alike.kinds.get(pointer) ?? { count: 0, kinds: new Set<Kind>() };
    alike.kinds.set(pointer, known);
    known.count++;
    known.kinds.add(kind);
  }
}

function addFields(alike: Alike, { fields }: ErrorOutcome, headers: Headers, also: Iterable<string>): void {
  if (fields === null) return;
  alike.withFields++;
  for (const name of new Set([...fields.keys(), ...also])) {
    const known = alike.fields.get(name) ?? { count: 0, required: fields.get(name) === true };
    alike.fields.set(name, known);
    if (headers.get(name) !== undefined) known.count++;
  }
}
