import { maskingProvision } from "../../model/provision.ts";
import type { Witness } from "../../model/rule.ts";
import { listed } from "../../syntax/wording.ts";
import { fewestPairs, type LiveDifference, liveDifferences } from "./differences.ts";
import { type LiveGroup, wholePairs } from "./groups.ts";
import type { LiveMasking } from "./live-masking.ts";

/** What came of a group of pairs. */
export type LiveVerdict =
  | { readonly kind: "apart"; readonly differences: readonly LiveDifference[] }
  | { readonly kind: "alike" }
  /** Alike, as far as so few pairs can show. */
  | { readonly kind: "few" }
  | { readonly kind: "inconclusive"; readonly why: string }
  /** Another rule tells what is wrong with it. */
  | { readonly kind: "told" };

/** A group with its verdict. */
export interface LiveJudged {
  readonly group: LiveGroup;
  /** The first foreign answer. */
  readonly witness: Witness;
  readonly pairs: number;
  readonly verdict: LiveVerdict;
}

export function judgeLive(live: LiveMasking): LiveJudged[] {
  const judged = live.groups().flatMap((group) => {
    const pairs = wholePairs(group);
    return group.witness === undefined ? [] : { group, witness: group.witness, pairs: pairs.length, verdict: verdictOf(live, group) };
  });
  const seen = judged.filter(({ verdict, group }) => group.method !== "HEAD" && verdict.kind === "apart");
  return judged.map((each) => {
    const { group, verdict } = each;
    const isSeen = seen.some((other) => other.group.server === group.server && other.group.masking === group.masking);
    return isSeen && group.method === "HEAD" && isLengthAlone(verdict) ? { ...each, verdict: { kind: "told" } } : each;
  });
}

/** HEAD tells the length of what GET sends: where that differs in a body, it is no difference of its own. */
function isLengthAlone(verdict: LiveVerdict): boolean {
  return verdict.kind === "apart" && verdict.differences.every(({ trait }) => trait === "header content-length");
}

function verdictOf(live: LiveMasking, group: LiveGroup): LiveVerdict {
  if (group.isTold || (group.served !== undefined && !group.isMissingServed)) return { kind: "told" };
  const why = live.obstacleOf(group);
  if (why !== undefined) return { kind: "inconclusive", why };
  const compared = wholePairs(group).flatMap(({ foreign, missing }) =>
    foreign.traits === undefined || missing.traits === undefined ? [] : { ours: foreign.traits, theirs: missing.traits },
  );
  const differences = liveDifferences(
    compared.map(({ ours }) => ours),
    compared.map(({ theirs }) => theirs),
  );
  if (differences.length > 0) return { kind: "apart", differences };
  return { kind: compared.length < fewestPairs ? "few" : "alike" };
}

/** What may be said of the masking of a resource on a server, and how far it was looked at. */
export interface ResourceVerdict {
  readonly provision: string;
  readonly groups: readonly LiveJudged[];
  /** `kept` only where no group shows a difference, and what was in the way of none; a few pairs are no proof. */
  readonly verdict: "kept" | "broken" | "not observable";
  /** For people; undefined = nothing beyond the findings. */
  readonly note: string | undefined;
}

export function summariseLive(judged: readonly LiveJudged[]): ResourceVerdict[] {
  const byResource = new Map<string, LiveJudged[]>();
  for (const each of judged) {
    const key = JSON.stringify([each.group.server, each.group.masking.resource]);
    byResource.set(key, [...(byResource.get(key) ?? []), each]);
  }
  return [...byResource.values()].flatMap((groups) => {
    const [first] = groups;
    if (first === undefined) return [];
    const is = (kind: LiveVerdict["kind"]) => groups.filter(({ verdict }) => verdict.kind === kind);
    const [alike, unclear] = [is("alike"), is("inconclusive")];
    const isBroken = is("apart").length + is("told").length > 0;
    const few = alike.length + unclear.length === 0 ? `fewer than ${fewestPairs} pairs were answered` : "";
    const notes = (isBroken ? [sayUnclear(unclear)] : [sayAlike(alike), sayUnclear(unclear), few]).filter((note) => note !== "");
    return {
      provision: maskingProvision(first.group.masking),
      groups,
      verdict: isBroken ? "broken" : unclear.length > 0 || alike.length === 0 ? "not observable" : "kept",
      note: notes.length === 0 ? undefined : notes.join("; "),
    };
  });
}

/** Never that they cannot be told apart: only how often nothing was found. */
function sayAlike(groups: readonly LiveJudged[]): string {
  if (groups.length === 0) return "";
  const pairs = groups.reduce((sum, each) => sum + each.pairs, 0);
  return `no difference found in ${pairs} pairs (${listed(methodsOf(groups), "and")})`;
}

function sayUnclear(groups: readonly LiveJudged[]): string {
  const reasons = groups.map(({ verdict }) => (verdict.kind === "inconclusive" ? verdict.why : ""));
  return groups.length === 0 ? "" : `inconclusive (${listed(methodsOf(groups), "and")}): ${listed(reasons, "and")}`;
}

function methodsOf(groups: readonly LiveJudged[]): string[] {
  return groups.map(({ group }) => group.method);
}
