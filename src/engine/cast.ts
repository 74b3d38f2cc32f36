import { type ErrorAnswer, type Row, soleRow } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Sample, Severity } from "../model/finding.ts";
import type { Place } from "../model/place.ts";
import type { Rule, Telling, Watch, Watching, Witness } from "../model/rule.ts";
import { clip } from "./clip.ts";
import type { CoverageTally } from "./coverage.ts";
import { showEvidence } from "./evidence.ts";
import { normaliseDetail } from "./fingerprint.ts";
import type { Judging } from "./judging.ts";
import { type Mask, maskOf } from "./mask.ts";
import { BoundedMemory } from "./memory.ts";
import type { Tally } from "./tally.ts";

interface Player {
  readonly rule: Rule;
  readonly watch: Watch;
}

/** The rules at work: passes them every exchange, takes what they tell, and survives their crashes. */
export class Cast {
  /** One sentence for each rule that crashed. */
  readonly crashes: string[] = [];
  readonly #judging: Judging;
  readonly #tally: Tally;
  readonly #coverage: CoverageTally;
  readonly #memories: BoundedMemory<unknown>[] = [];
  readonly #fallen = new Set<Rule>();
  #players: readonly Player[] = [];
  /** Those that want to see every exchange, not only errors. */
  #listeners: readonly Player[] = [];

  constructor(judging: Judging, tally: Tally, coverage: CoverageTally) {
    this.#judging = judging;
    this.#tally = tally;
    this.#coverage = coverage;
    const players: Player[] = [];
    for (const { rule, severity } of judging.rules) {
      try {
        players.push({ rule, watch: rule.watch(this.#watchingOf(rule, severity)) });
      } catch (error) {
        this.#crashed(rule, "at its start", error);
      }
    }
    this.#enlist(players);
  }

  /** Keys that bounded memories let go. */
  get forgotten(): number {
    return this.#memories.reduce((sum, memory) => sum + memory.forgotten, 0);
  }

  see(exchange: Exchange, answer: ErrorAnswer | undefined): void {
    for (const player of answer === undefined ? this.#listeners : this.#players) {
      try {
        player.watch.exchange?.(exchange, answer);
        if (answer !== undefined) player.watch.error?.(answer);
      } catch (error) {
        this.#crashed(player.rule, `on ${exchange.origin.capture} entry ${exchange.origin.entry}`, error);
        // A stack that ran full says something of this exchange, not of the rule's state.
        if (!(error instanceof RangeError)) this.#enlist(this.#players.filter((other) => other !== player));
      }
    }
  }

  end(): void {
    for (const { rule, watch } of this.#players) {
      try {
        watch.end?.();
      } catch (error) {
        this.#crashed(rule, "at its end", error);
      }
    }
  }

  #enlist(players: Player[]): void {
    this.#players = players;
    this.#listeners = players.filter((player) => player.watch.exchange !== undefined);
  }

  /** A crashing rule names itself and the exchange, runs no more, and keeps the audit from being green. */
  #crashed(rule: Rule, when: string, error: unknown): void {
    if (this.#fallen.has(rule)) return;
    this.#fallen.add(rule);
    const why = clip(error instanceof Error ? error.message : String(error), 200);
    this.crashes.push(
      `The rule ${rule.id} crashed ${when} (${why}); what it would have said after that is missing. This is a fault of the rule: please report it.`,
    );
  }

  #watchingOf(rule: Rule, severity: Severity | undefined): Watching {
    const { contract } = this.#judging;
    return {
      contract,
      tell: (telling) => this.#tell(rule, severity, telling),
      unobservable: (exchange, reason) => {
        if (reason !== undefined) this.#coverage.notObservable(exchange.request.server, rule.id, reason);
      },
      remember: <Value>(limit?: number) => {
        const memory = new BoundedMemory<Value>(limit);
        this.#memories.push(memory as BoundedMemory<unknown>);
        return memory;
      },
      witness: (on, place) => this.#witness(on, place),
    };
  }

  #tell(rule: Rule, severity: Severity | undefined, telling: Telling): void {
    const seen = this.#seenOf(telling.on);
    const row = telling.row === undefined ? seen.row : telling.row;
    const clean = (text: string, length: number) => clip(seen.mask(text.slice(0, lookedThrough)), length);
    this.#tally.count(seen.server, {
      rule,
      note: telling.say.note,
      severity: severity ?? telling.severity ?? (rule.severity as Severity),
      subject: telling.subject ?? rule.subject ?? "server",
      row,
      operation: seen.operation,
      detail: normaliseDetail(clean(telling.detail ?? placeKey(telling.place), 200)),
      words: () => ({ message: clean(telling.say.text, 500), advice: clean(telling.advice ?? rule.advice, 400) }),
      sample: (): Sample => {
        const witness =
          seen.exchange === undefined ? (telling.on as Witness) : this.#witness(telling.on as Exchange | ErrorAnswer, telling.place);
        return {
          capture: witness.origin.capture,
          entry: witness.origin.entry,
          offset: witness.origin.offset,
          line: witness.origin.line ?? null,
          method: witness.method,
          url: witness.url,
          status: witness.status,
          place: cleanPlace(telling.place, clean),
          expected: clean(telling.expected, 240),
          found: clean(telling.found, 240),
          evidence: witness.evidence,
          related: (telling.related ?? []).slice(0, 10).map(({ capture, entry }) => ({ capture, entry })),
        };
      },
    });
  }

  #witness(on: Exchange | ErrorAnswer, place: Place): Witness {
    const { exchange, row, operation, mask } = this.#seenOf(on);
    const { request, response, origin } = exchange as Exchange;
    const { credentials } = this.#judging.contract.authentication;
    return {
      kind: "witness",
      origin: { ...origin },
      server: request.server,
      method: clip(mask(request.method.slice(0, lookedThrough)), 40),
      url: clip(mask(request.url.slice(0, lookedThrough)), 500),
      status: response.status,
      operation,
      row,
      evidence: showEvidence(exchange as Exchange, place, credentials),
      mask,
    };
  }

  #seenOf(on: Exchange | ErrorAnswer | Witness): Seen {
    if ("kind" in on) return { ...on, exchange: undefined };
    const exchange = "meetings" in on ? on.exchange : on;
    const [meeting, ...more] = "meetings" in on ? on.meetings : [];
    const { contract } = this.#judging;
    return {
      exchange,
      server: exchange.request.server,
      row: meeting !== undefined && more.length === 0 ? soleRow(meeting) : null,
      operation: contract.operationsOf(exchange.request)[0]?.name ?? "other",
      mask: maskOf(exchange, contract.authentication.credentials),
    };
  }
}

/** What a telling is on, whether it can still be read or only a witness is left. */
interface Seen {
  readonly exchange: Exchange | undefined;
  readonly server: string;
  readonly row: Row | null;
  readonly operation: string;
  readonly mask: Mask;
}

/** Characters of a text that are looked through for secrets before it is cut. */
const lookedThrough = 20_000;

/** A pointer or a field's name is the capture's text as well. */
function cleanPlace(place: Place, clean: (text: string, length: number) => string): Place {
  if (place.kind === "body") return { ...place, pointer: clean(place.pointer, 200) };
  return place.kind === "header" ? { ...place, name: clean(place.name, 100) } : place;
}

function placeKey(place: Place): string {
  return place.kind === "header" ? `header ${place.name.toLowerCase()}` : place.kind === "body" ? `body ${place.pointer}` : place.kind;
}
