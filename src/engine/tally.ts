import type { Row } from "../model/contract.ts";
import { type Finding, type Sample, type Severity, type Subject, severities } from "../model/finding.ts";
import type { Rule } from "../model/rule.ts";
import { fingerprint, type Identity, keyOf, restOf } from "./fingerprint.ts";
import { obtain } from "./obtain.ts";

/** Fingerprints kept for each rule, note and server; what comes after is counted together. */
const fingerprintLimit = 1_000;
/** Fingerprints kept in all, so that many servers with many findings stay bounded too. */
const totalLimit = 5_000;

/** Findings beyond which each keeps one sample only. */
const crowd = 1_000;

/** A sighting, ready to be counted. */
export interface Sighting {
  readonly rule: Rule;
  readonly note: string;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly row: Row | null;
  readonly operation: string;
  readonly detail: string;
  /** Made only for the first of its kind. */
  readonly words: () => { readonly message: string; readonly advice: string };
  /** Made only when the sample will be kept. */
  readonly sample: () => Sample;
}

type Draft = Omit<Finding, "samples" | "severity"> & { severity: Severity; count: number; samples: Sample[] };

/** Findings by server and fingerprint, each with its first samples. */
export class Tally {
  readonly #maxSamples: number;
  readonly #servers = new Map<string, Map<string, Draft>>();
  readonly #kinds = new Map<string, number>();
  #total = 0;

  constructor(maxSamples: number) {
    this.#maxSamples = maxSamples === 0 ? Number.POSITIVE_INFINITY : maxSamples;
  }

  count(server: string, sighting: Sighting): void {
    const drafts = obtain(this.#servers, server, () => new Map<string, Draft>());
    const identity = identityOf(sighting);
    const draft = drafts.get(keyOf(identity)) ?? this.#begin(server, drafts, sighting, identity);
    draft.count++;
    if (draft.samples.length < this.#roomFor(draft)) draft.samples.push(sighting.sample());
  }

  /** Where there are more findings than anybody reads, one sample each must do; all, where all were asked for. */
  #roomFor(draft: Draft): number {
    const crowded = this.#total > crowd && draft.samples.length > 0;
    return crowded && Number.isFinite(this.#maxSamples) ? 1 : this.#maxSamples;
  }

  /** The findings of these servers, those alike made one. */
  findings(servers: ReadonlySet<string>): Finding[] {
    const merged = new Map<string, Draft>();
    for (const server of servers)
      for (const [key, draft] of this.#servers.get(server) ?? []) {
        const known = merged.get(key);
        if (known === undefined) merged.set(key, { ...draft, samples: [...draft.samples] });
        else {
          known.count += draft.count;
          known.samples = [...known.samples, ...draft.samples].slice(0, this.#maxSamples);
        }
      }
    return [...merged.values()];
  }

  #begin(server: string, drafts: Map<string, Draft>, sighting: Sighting, identity: Identity): Draft {
    const kind = JSON.stringify([server, identity.rule, identity.note]);
    const kinds = this.#kinds.get(kind) ?? 0;
    if (kinds >= fingerprintLimit || this.#total >= totalLimit) return others(drafts, sighting, identity);
    this.#kinds.set(kind, kinds + 1);
    this.#total++;
    const draft = draftOf(sighting, identity);
    drafts.set(keyOf(identity), draft);
    return draft;
  }
}

/** The one finding that stands for all beyond the limit. */
function others(drafts: Map<string, Draft>, sighting: Sighting, identity: Identity): Draft {
  const rest = restOf(identity);
  let draft = drafts.get(keyOf(rest));
  if (draft === undefined) {
    const message = `others: more kinds of ${identity.rule} (${identity.note}) than a report can list.`;
    const { advice } = sighting.words();
    draft = draftOf({ ...sighting, row: null, operation: "other", words: () => ({ message, advice }) }, rest);
    drafts.set(keyOf(rest), draft);
  }
  // A note that came first must not hide errors.
  if (severities.indexOf(sighting.severity) < severities.indexOf(draft.severity)) draft.severity = sighting.severity;
  return draft;
}

function identityOf({ rule, note, operation, row, detail }: Sighting): Identity {
  return { rule: rule.id, note, operation, row: row?.name ?? null, detail };
}

function draftOf({ rule, note, severity, subject, row, operation, words }: Sighting, identity: Identity): Draft {
  return {
    rule: rule.id,
    note,
    severity,
    subject,
    ...words(),
    row: row?.name ?? null,
    promise: row === null ? null : { file: row.source.file, line: row.source.line },
    operation,
    fingerprint: fingerprint(identity),
    count: 0,
    docs: rule.docs ?? `rules/${rule.id}.md`,
    samples: [],
  };
}
