import { type ErrorAnswer, type Row, soleRow } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Sample, Severity } from "../model/finding.ts";
import type { Place } from "../model/place.ts";
import type { Rule, Study, Telling, Watch, Watching, Witness } from "../model/rule.ts";
import { describeThrown } from "../syntax/thrown.ts";
import { clip } from "./clip.ts";
import type { CoverageTally } from "./coverage.ts";
import { showEvidence } from "./evidence.ts";
import { normaliseDetail } from "./fingerprint.ts";
import type { Judging } from "./judging.ts";
import { type Mask, maskOf, maskSecrets } from "./mask.ts";
import { BoundedMemory } from "./memory.ts";
import type { Tally } from "./tally.ts";

interface Player {
  /** The rule, or the rules that share a study. */
  readonly rules: Rule[];
  readonly watch: Watch;
  /** A client's conduct does not show in what a probe sent. */
  readonly skipsProbes: boolean;
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
  /** Studies first: rules ask them. */
  #players: readonly Player[] = [];
  readonly #studies = new Map<Study<Watch>, Player>();
  #timeline: string | undefined;
  /** Those that want to see every exchange, not only errors. */
  #listeners: readonly Player[] = [];

  constructor(judging: Judging, tally: Tally, coverage: CoverageTally) {
    this.#judging = judging;
    this.#tally = tally;
    this.#coverage = coverage;
    const players: Player[] = [];
    for (const { rule, severity } of judging.rules) {
      if (rule.subject !== undefined && !judging.subjects.includes(rule.subject)) continue;
      try {
        players.push({
          rules: [rule],
          watch: rule.watch(this.#watchingOf(rule, severity)),
          skipsProbes: rule.subject === "client",
        });
      } catch (error) {
        this.#crashed([rule], "at its start", error);
      }
    }
    this.#enlist([...this.#studies.values(), ...players]);
  }

  /** Keys that bounded memories let go. */
  get forgotten(): number {
    return this.#memories.reduce((sum, memory) => sum + memory.forgotten, 0);
  }

  see(exchange: Exchange, answer: ErrorAnswer | undefined): void {
    this.#turnTo(exchange.timeline);
    const where = { exchange, players: answer === undefined ? this.#listeners : this.#players };
    this.#each(where, ({ watch }) => {
      watch.exchange?.(exchange, answer);
      if (answer !== undefined) watch.error?.(answer);
    });
  }

  /** A request that got no answer. */
  unanswered(exchange: Exchange): void {
    this.#turnTo(exchange.timeline);
    this.#each({ exchange, players: this.#players }, ({ watch }) => watch.unanswered?.(exchange));
  }

  end(): void {
    this.#turnTo(undefined);
    this.#each({ players: this.#players }, ({ watch }) => watch.end?.());
  }

  #turnTo(timeline: string | undefined): void {
    if (timeline === this.#timeline) return;
    if (this.#timeline !== undefined) this.#each({ players: this.#players }, ({ watch }) => watch.endTimeline?.());
    this.#timeline = timeline;
  }

  #each({ players, exchange }: { players: readonly Player[]; exchange?: Exchange }, play: (player: Player) => void): void {
    for (const player of players) {
      if (player.skipsProbes && exchange?.probe !== undefined) continue;
      try {
        play(player);
      } catch (error) {
        const when = exchange === undefined ? "at the end of a capture" : `on ${exchange.origin.capture} entry ${exchange.origin.entry}`;
        const { credentials } = this.#judging.contract.authentication;
        this.#crashed(player.rules, when, error, exchange && maskOf(exchange, credentials));
        // A stack that ran full says something of this exchange, not of the rule's state.
        if (!(error instanceof RangeError)) this.#dismiss(player);
      }
    }
  }

  /** A study takes the rules that rest on it along. */
  #dismiss(player: Player): void {
    const fallen = (other: Player) =>
      other === player || (other.rules.length === 1 && this.#isStudy(player) && player.rules.includes(other.rules[0] as Rule));
    this.#enlist(this.#players.filter((other) => !fallen(other)));
  }

  #isStudy(player: Player): boolean {
    return [...this.#studies.values()].includes(player);
  }

  #enlist(players: Player[]): void {
    this.#players = players;
    this.#listeners = players.filter((player) => player.watch.exchange !== undefined);
  }

  /** A crashing rule names itself and the exchange, runs no more, and keeps the audit from being green. */
  #crashed(rules: readonly Rule[], when: string, error: unknown, mask: Mask = maskShapes): void {
    // An error may well quote what it was about.
    const why = clip(mask(describeThrown(error)), 200);
    for (const rule of rules) {
      if (this.#fallen.has(rule)) continue;
      this.#fallen.add(rule);
      this.crashes.push(
        `The rule ${rule.id} crashed ${when} (${why}); what it would have said after that is missing. This is a fault of the rule: ${rule.docs === undefined ? "please report it" : "mend it"}.`,
      );
    }
  }

  #watchingOf(rule: Rule, severity: Severity | undefined): Watching {
    const { contract } = this.#judging;
    return {
      contract,
      tell: (telling) => this.#tell(rule, severity, telling),
      unobservable: (on, reason) => {
        if (reason !== undefined) this.#coverage.notObservable(serverOf(on), rule.id, reason);
      },
      remember: this.#remember,
      witness: this.#witness,
      mask: this.#mask,
      study: (begin) => this.#study(rule, begin),
      cover: (on, provision, verdict) => {
        // Where a server is not judged, nothing can be said of what it keeps.
        if (!this.#judging.subjects.includes(rule.subject ?? "server")) return;
        this.#coverage.cover(serverOf(on), provision, verdict);
      },
    };
  }

  #study<Learned extends Watch>(rule: Rule, begin: Study<Learned>): Learned {
    let player = this.#studies.get(begin);
    if (player === undefined) {
      const { contract } = this.#judging;
      player = {
        rules: [],
        watch: begin({ contract, remember: this.#remember, witness: this.#witness, mask: this.#mask }),
        skipsProbes: false,
      };
      this.#studies.set(begin, player);
    }
    player.rules.push(rule);
    // Whatever was begun under this name is what it gives.
    return player.watch as Learned;
  }

  readonly #remember = <Value>(limit?: number): BoundedMemory<Value> => {
    const memory = new BoundedMemory<Value>(limit);
    this.#memories.push(memory as BoundedMemory<unknown>);
    return memory;
  };

  #tell(rule: Rule, severity: Severity | undefined, telling: Telling): void {
    const subject = telling.subject ?? rule.subject ?? "server";
    if (!this.#judging.subjects.includes(subject)) return;
    const seen = this.#seenOf(telling.on);
    const row = telling.row === undefined ? seen.row : telling.row;
    const clean = (text: string, length: number) => clip(seen.mask(text.slice(0, lookedThrough)), length);
    this.#tally.count(seen.server, {
      rule,
      note: telling.say.note,
      severity: severity ?? telling.severity ?? (rule.severity as Severity),
      subject,
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

  readonly #witness = (on: Exchange | ErrorAnswer, place: Place): Witness => {
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
  };

  readonly #mask = (on: Exchange | ErrorAnswer, text: string): string => {
    const { credentials } = this.#judging.contract.authentication;
    return maskOf("meetings" in on ? on.exchange : on, credentials)(text.slice(0, lookedThrough));
  };

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

function serverOf(on: Exchange | Pick<Witness, "server">): string {
  return "server" in on ? on.server : on.request.server;
}

/** What a telling is on, whether it can still be read or only a witness is left. */
interface Seen {
  readonly exchange: Exchange | undefined;
  readonly server: string;
  readonly row: Row | null;
  readonly operation: string;
  readonly mask: Mask;
}

/** Without an exchange at hand only shapes are known. */
const maskShapes: Mask = (text) => maskSecrets(text, []);

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
