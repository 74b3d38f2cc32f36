import { withArticle } from "../../../syntax/wording.ts";
import type { Asker, Asks, Level, Skip } from "../../ask.ts";
import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, Filled } from "../../probe.ts";
import { isRead } from "../choice.ts";
import { makeAsk, type Rest } from "../make-ask.ts";
import type { Stranding } from "./strangers.ts";

/** Pairs of a group: that all of eight fall apart by chance happens once in 6,435 times. */
const usualPairs = 8;

/** A group of pairs: requests that differ in the id alone. */
export interface Pairing {
  readonly stranding: Stranding;
  readonly request: PlannedRequest;
  /** What it has beside the id: "plain", "invalid JSON". */
  readonly variant: string;
  readonly level: Level;
  /** [the stranger] */
  readonly as?: Asker;
  /** [the one that stays as it is] */
  readonly id?: string;
  /** [the planned one] */
  readonly method?: string;
  /** Changes the request, the same way for both. */
  readonly vary?: (filled: Filled) => Filled;
  /** [eight] */
  readonly pairs?: number;
  /** Pairs before them that do not count: connections, caches and compilers grow warm. */
  readonly warmUp?: number;
  /** [the stranding's] */
  readonly aims?: readonly string[];
}

/** Asks for a foreign one and for missing ones, a fresh id each time, which first being left to chance. */
export function* askPairs(asking: Asking, pairing: Pairing): Asks {
  const { stranding, request, method = request.method, id = stranding.id, pairs = usualPairs, warmUp = 0 } = pairing;
  const { resource, owner } = stranding;
  const use = isRead({ method }) ? "read" : "write";
  // An id of another look might be answered otherwise for its look alone.
  if (use === "write" && !asking.hasMissingOfItsLook(resource)) {
    yield tooFewIds(stranding);
    return;
  }
  for (let pair = 0 - warmUp; pair < pairs; pair++) {
    const foreign = askFor(asking, pairing, id, { pair, is: "foreign", purpose: `${owner}'s ${resource.resource}` });
    const missing = askFor(asking, pairing, asking.missingId(resource, use), {
      pair,
      is: "missing",
      purpose: `${withArticle(resource.resource)} nobody has`,
    });
    for (const ask of asking.randomInt(2) === 0 ? [foreign, missing] : [missing, foreign]) yield ask;
  }
}

/** Why nothing is written to what is missing: it might be there. */
export function tooFewIds({ resource: { resource }, aims }: Stranding): Skip {
  return { skip: `ids of this look (${resource}) are too few to find one that nobody has: give \`missing\` in the plan`, aims };
}

function askFor(
  asking: Asking,
  { stranding, request, variant, level, as, method, vary, aims = stranding.aims }: Pairing,
  id: string,
  { pair, is, purpose }: { readonly pair: number; readonly is: "foreign" | "missing"; readonly purpose: string },
): ReturnType<typeof makeAsk> {
  const filled = withId(asking, stranding, request, id);
  const rest: Rest = {
    purpose: `${purpose}, ${variant}`,
    level,
    as: as ?? { account: stranding.stranger },
    aims,
    // Whoever serves it to a stranger has a fault that can do harm.
    ...(level > 0 && { mustFail: true }),
    ...(method !== undefined && { method }),
    target: { resource: stranding.resource.resource, is },
    group: `${method ?? request.method} ${request.path}, ${variant}`,
    pair,
  };
  return makeAsk(vary?.(filled) ?? filled, rest);
}

/** An account's request [the stranger's] with an id in it; where the whole path is the resource, at that path. */
function withId(asking: Asking, { resource, stranger }: Stranding, request: PlannedRequest, id: string, account = stranger): Filled {
  if (resource.parameter !== undefined) return asking.fill(request, { [resource.parameter]: id }, account);
  const filled = asking.fill(request, {}, account);
  return "lacks" in filled ? filled : { ...filled, path: id };
}

/** One missing id is asked for by the owner too: is it missing? */
export function* askMissingAsOwner(asking: Asking, stranding: Stranding, request: PlannedRequest): Asks {
  const { resource, owner, aims } = stranding;
  const filled = withId(asking, stranding, request, asking.missingId(resource, "read"));
  const target = { resource: resource.resource, is: "missing" } as const;
  yield makeAsk(filled, {
    purpose: `${withArticle(resource.resource)} nobody has, asked by ${owner}`,
    level: 0,
    as: { account: owner },
    aims,
    target,
  });
}

/** The owner reads one of its own: before something is tried on it, and after. */
export function askOwn(asking: Asking, stranding: Stranding, read: PlannedRequest, id: string, when: string): ReturnType<typeof makeAsk> {
  const { resource, owner } = stranding;
  const target = { resource: resource.resource, is: "own" } as const;
  return makeAsk(withId(asking, stranding, read, id, owner), {
    purpose: `${owner}'s own ${when}`,
    level: 0,
    as: { account: owner },
    target,
  });
}
