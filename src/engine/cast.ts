import type { ErrorAnswer } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Severity } from "../model/finding.ts";
import type { Rule, Study, Telling, Watch, Watching, Witness } from "../model/rule.ts";
import { describeThrown } from "../syntax/thrown.ts";
import { clip } from "./clip.ts";
import type { CoverageTally } from "./coverage-tally.ts";
import { normaliseDetail } from "./fingerprint.ts";
import type { Judging } from "./judging.ts";
import { type Mask, maskOf, maskSecrets } from "./mask.ts";
import { BoundedMemory } from "./memory.ts";
import { severityOf } from "./severity-of.ts";
import type { Tally } from "./tally.ts";
import { type Cleaner, cleanerOf, isOwnWord, lookAt, makeSample, placeKey, takeWitness } from "./witness.ts";

/** A watch, and whose it is. Of one shape for all, since there are as many as rules, and each is asked about every exchange. */
class Player {
  /** The rule, or the rules that share a study. */
  readonly rules: Rule[];
  readonly watch: Watch;
  readonly exchange: Watch["exchange"];
  readonly error: Watch["error"];
  /** A client's conduct does not show in what a probe sent. */
  readonly skipsProbes: boolean;

  constructor(rules: Rule[], watch: Watch, skipsProbes = false) {
    this.rules = rules;
    this.watch = watch;
    this.exchange = watch.exchange?.bind(watch);
    this.error = watch.error?.bind(watch);
    this.skipsProbes = skipsProbes;
  }
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
        players.push(new Player([rule], rule.watch(this.#watchingOf(rule, severity)), rule.subject === "client"));
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
    const isProbe = exchange.probe !== undefined;
    // A loop of its own: it runs for every rule and exchange there is.
    for (const player of answer === undefined ? this.#listeners : this.#players) {
      if (isProbe && player.skipsProbes) continue;
      try {
        player.exchange?.(exchange, answer);
        if (answer !== undefined) player.error?.(answer);
      } catch (error) {
        this.#survive(player, error, exchange);
      }
    }
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
        this.#survive(player, error, exchange);
      }
    }
  }

  #survive(player: Player, error: unknown, exchange: Exchange | undefined): void {
    const when = exchange === undefined ? "at the end of a capture" : `on ${exchange.origin.capture} entry ${exchange.origin.entry}`;
    const { credentials } = this.#judging.contract.authentication;
    this.#crashed(player.rules, when, error, exchange && maskOf(exchange, credentials));
    // A stack that ran full says something of this exchange, not of the rule's state.
    if (!(error instanceof RangeError)) this.#dismiss(player);
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
    this.#listeners = players.filter((player) => player.exchange !== undefined);
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
      cover: (on, provision, verdict, note) => {
        // Where a server is not judged, nothing can be said of what it keeps.
        if (!this.#judging.subjects.includes(rule.subject ?? "server")) return;
        this.#coverage.cover(serverOf(on), provision, verdict, note);
      },
    };
  }

  #study<Learned extends Watch>(rule: Rule, begin: Study<Learned>): Learned {
    let player = this.#studies.get(begin);
    if (player === undefined) {
      const { contract } = this.#judging;
      player = new Player([], begin({ contract, remember: this.#remember, witness: this.#witness, mask: this.#mask }));
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

  readonly #witness: Watching["witness"] = (on, place) => takeWitness(on, place, this.#judging.contract);

  readonly #mask: Watching["mask"] = (on, text) => cleanerOf(lookAt(on, this.#judging.contract).mask)(text, Number.POSITIVE_INFINITY);

  #tell(rule: Rule, severity: Severity | undefined, telling: Telling): void {
    const subject = telling.subject ?? rule.subject ?? "server";
    if (!this.#judging.subjects.includes(subject)) return;
    const { contract } = this.#judging;
    const seen = lookAt(telling.on, contract);
    const row = telling.row === undefined ? seen.row : telling.row;
    const { operation } = seen;
    const told =
      severityOf({ rule: rule.id, subject, operation, row: row?.name ?? null }, this.#judging.severities ?? []) ??
      severity ??
      telling.severity ??
      (rule.severity as Severity);
    if (told === "off") return;
    const clean = cleanerOf(seen.mask);
    this.#tally.count(seen.server, {
      rule,
      note: telling.say.note,
      severity: told,
      subject,
      row,
      promise: row?.source ?? (telling.row === undefined && subject === "server" ? seen.promise : undefined) ?? null,
      operation,
      provision: telling.provision,
      detail: detailOf(telling, clean),
      words: () => ({ message: clean(telling.say.text, 500), advice: clean(telling.advice ?? rule.advice, 400) }),
      sample: () => makeSample(telling, contract),
    });
  }
}

/** Only what a capture says can hold a secret: looking for one where there is none would cost more than all else. */
function detailOf({ detail, place, isName }: Telling, clean: Cleaner): string {
  if (detail === undefined && isOwnWord(place)) return placeKey(place);
  return normaliseDetail(clean(detail ?? placeKey(place), 2_000), isName);
}

function serverOf(on: Exchange | Pick<Witness, "server">): string {
  return "server" in on ? on.server : on.request.server;
}

/** Without an exchange at hand only shapes are known. */
const maskShapes: Mask = (text) => maskSecrets(text, []);
