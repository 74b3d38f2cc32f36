import type { Row, SourceLine } from "../model/contract.ts";
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
  /** Where what it breaks is promised. */
  readonly promise: SourceLine | null;
  readonly operation: string;
  /** What beyond the rows it breaks. */
  readonly provision?: string | undefined;
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
  /** Sightings beyond the limits. */
  #folded = 0;

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

  /** By server, in the order in which they were met. */
  findings(): [server: string, findings: Finding[]][] {
    return [...this.#servers].map(([server, drafts]) => [server, [...drafts.values()]]);
  }

  /** Where a report cannot show all there was; one sentence each. */
  limits(): string[] {
    return [
      ...(this.#total > crowd && Number.isFinite(this.#maxSamples)
        ? [`More than ${crowd} kinds of findings were met: from there on each keeps one exchange as its sample.`]
        : []),
      ...(this.#folded > 0
        ? [`${this.#folded} sightings are of more kinds than a report lists, and are counted together in the findings that say "others".`]
        : []),
    ];
  }

  #begin(server: string, drafts: Map<string, Draft>, sighting: Sighting, identity: Identity): Draft {
    const kind = JSON.stringify([server, identity.rule, identity.note]);
    const kinds = this.#kinds.get(kind) ?? 0;
    if (kinds >= fingerprintLimit || this.#total >= totalLimit) {
      this.#folded++;
      return others(drafts, sighting, identity);
    }
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
    draft = {
      ...draftOf(
        { ...sighting, row: null, promise: null, provision: undefined, operation: "other", words: () => ({ message, advice }) },
        rest,
      ),
      others: true,
    };
    drafts.set(keyOf(rest), draft);
  }
  // A note that came first must not hide errors.
  draft.severity = worse(draft.severity, sighting.severity);
  return draft;
}

function worse(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) <= severities.indexOf(other) ? one : other;
}

function identityOf({ rule, note, operation, row, detail }: Sighting): Identity {
  return { rule: rule.id, note, operation, row: row?.name ?? null, detail };
}

function draftOf({ rule, note, severity, subject, row, promise, operation, provision, words }: Sighting, identity: Identity): Draft {
  return {
    rule: rule.id,
    note,
    severity,
    subject,
    ...words(),
    row: row?.name ?? null,
    promise: promise && { file: promise.file, line: promise.line },
    ...(provision !== undefined && { provision }),
    operation,
    fingerprint: fingerprint(identity),
    count: 0,
    docs: rule.docs ?? `rules/${rule.id}.md`,
    samples: [],
  };
}

/** Findings of several servers or shards, those alike made one. The first told gives its words; its samples come first. */
export function mergeFindings(lists: Iterable<readonly Finding[]>, maxSamples: number): Finding[] {
  const most = maxSamples === 0 ? Number.POSITIVE_INFINITY : maxSamples;
  const merged = new Map<string, Finding>();
  for (const findings of lists)
    for (const finding of findings) {
      const known = merged.get(finding.fingerprint);
      merged.set(
        finding.fingerprint,
        known === undefined
          ? finding
          : {
              ...known,
              severity: worse(known.severity, finding.severity),
              count: known.count + finding.count,
              samples: [...known.samples, ...finding.samples].slice(0, most),
            },
      );
    }
  return [...merged.values()];
}
