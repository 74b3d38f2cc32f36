import { withArticle } from "../../../syntax/wording.ts";
import type { Ask, Reply, Step } from "../../ask.ts";
import type { Asking } from "../../probe.ts";
import { type Read, readsOf, routeOf } from "./reads.ts";

type Phase = Generator<Step, void, readonly Reply[]>;

/** What the limit of one account and one route holds back besides: to be asked quickly, while it lasts. */
export function* askWhileLimited(asking: Asking, read: Read, limited: Omit<Ask, "purpose">): Phase {
  const ask: Omit<Ask, "purpose" | "method" | "path" | "headers"> = {
    level: 3,
    as: limited.as,
    unpaced: true,
    takesLimit: true,
  };
  yield* askOthers(asking, read, limited, ask);
  yield* askMasked(asking, ask);
  yield {
    ...read.request,
    ...ask,
    as: { madeUp: asking.madeUpCredential() },
    purpose: "while limited: with a credential that opens nothing",
  };
}

/** Another operation of the same account, then the first again: the limit may have ended between. And another account. */
function* askOthers(
  asking: Asking,
  read: Read,
  limited: Omit<Ask, "purpose">,
  ask: Pick<Ask, "level" | "as" | "unpaced" | "takesLimit">,
): Phase {
  const { owner, stranger } = asking;
  const other = owner && readsOf(asking, owner).find((each) => routeOf(asking, each) !== routeOf(asking, read));
  if (!other) yield { skip: "no GET of another operation in the plan, to see whether the limit holds there" };
  else {
    yield { ...other.request, ...ask, purpose: "while limited: another operation" };
    yield { ...limited, aims: [], purpose: "while limited: the first operation again" };
  }
  const [theirs] = stranger === undefined ? [] : readsOf(asking, stranger);
  if (stranger === undefined || theirs === undefined)
    yield { skip: "no second account in the plan that could ask while the first is limited" };
  else yield { ...theirs.request, ...ask, as: { account: stranger }, purpose: "while limited: another account" };
}

/** What another account has, and what nobody has: a limit that stands behind the check for the one tells them apart. */
function* askMasked(asking: Asking, ask: Pick<Ask, "level" | "as" | "unpaced" | "takesLimit">): Phase {
  const { owner, stranger } = asking;
  if (owner === undefined || stranger === undefined) return;
  for (const { planned } of readsOf(asking, owner)) {
    const resource = asking.resourcesOf(planned).at(-1);
    const id = resource?.own[stranger];
    if (resource?.parameter === undefined || id === undefined) continue;
    const foreign = asking.fill(planned, { [resource.parameter]: id }, owner);
    const missing = asking.missing(planned, owner, "read");
    if ("lacks" in foreign || "lacks" in missing) continue;
    const of = (is: "foreign" | "missing") => ({ resource: resource.resource, is });
    for (let times = 0; times < 2; times++) {
      yield { ...foreign, ...ask, target: of("foreign"), purpose: `while limited: another account's ${resource.resource}` };
      yield { ...missing, ...ask, target: of("missing"), purpose: `while limited: ${withArticle(resource.resource)} that nobody has` };
    }
    return;
  }
}
