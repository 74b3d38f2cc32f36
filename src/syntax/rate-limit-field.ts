import { type BareItem, type InnerList, type Item, parseList } from "./structured-field.ts";

/** The fields of draft-ietf-httpapi-ratelimit-headers that say what the limit is, and what is left of it. */
export type RateLimitField = "RateLimit-Policy" | "RateLimit";

/** What is left of one policy. */
export interface Remaining {
  readonly policy: string;
  readonly requests: number;
  /** Seconds until more is given; undefined = not said. */
  readonly reset: number | undefined;
}

const whole = "a whole number, 0 or more";

/** Why a field is malformed, in a few words; undefined = it is not, or it has a form of the draft's earlier days. */
export function rateLimitFault(field: RateLimitField, text: string): string | undefined {
  if (isEarlierForm(field, text)) return undefined;
  const members = parseList(text);
  if (members === undefined) return "it is no structured field list";
  if (members.length === 0) return "it is empty";
  for (const member of members) {
    if (!isItem(member) || member.value.type !== "string") return "a policy's name must be a string in quotes";
    const fault = field === "RateLimit" ? remainingFault(member) : policyFault(member);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What a well-formed RateLimit field says is left; none for any other text. */
export function readRateLimit(text: string | undefined): Remaining[] {
  if (text === undefined || rateLimitFault("RateLimit", text) !== undefined) return [];
  return (parseList(text) ?? []).flatMap((member) => {
    if (!isItem(member)) return [];
    const requests = numberOf(member.parameters.get("r"));
    return requests === undefined ? [] : [{ policy: String(member.value.value), requests, reset: numberOf(member.parameters.get("t")) }];
  });
}

function policyFault({ parameters }: Item): string | undefined {
  if (!parameters.has("q")) return "a policy has no q, its quota";
  if (!isCount(parameters.get("q"), 0)) return `q must be ${whole}`;
  if (parameters.has("w") && !isCount(parameters.get("w"), 1)) return "w must be a whole number of seconds, 1 or more";
  return commonFault(parameters, "qu");
}

function remainingFault({ parameters }: Item): string | undefined {
  if (!parameters.has("r")) return "a policy has no r, what is left";
  if (!isCount(parameters.get("r"), 0)) return `r must be ${whole}`;
  if (parameters.has("t") && !isCount(parameters.get("t"), 0)) return `t must be ${whole}`;
  return commonFault(parameters, undefined);
}

function commonFault(parameters: Item["parameters"], unit: "qu" | undefined): string | undefined {
  const quotaUnit = unit && parameters.get(unit);
  if (quotaUnit !== undefined && quotaUnit.type !== "string") return "qu must be a string in quotes";
  const partition = parameters.get("pk");
  return partition !== undefined && partition.type !== "bytes" ? "pk must be a byte sequence" : undefined;
}

/** `100;w=60` and `limit=100, remaining=0, reset=5`: what drafts before 08 asked for. */
function isEarlierForm(field: RateLimitField, text: string): boolean {
  if (field === "RateLimit") return /^\s*(?:limit|remaining|reset)\s*=/.test(text);
  const members = parseList(text);
  return members !== undefined && members.length > 0 && members.every((member) => isItem(member) && member.value.type === "integer");
}

function isItem(member: Item | InnerList): member is Item {
  return "value" in member;
}

function isCount(item: BareItem | undefined, least: number): boolean {
  return item?.type === "integer" && item.value >= least;
}

function numberOf(item: BareItem | undefined): number | undefined {
  return item?.type === "integer" ? item.value : undefined;
}
