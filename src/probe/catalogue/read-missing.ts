import type { Row } from "../../model/contract.ts";
import type { Asks, HeaderLine } from "../ask.ts";
import type { Asking, Filled } from "../probe.ts";
import { missingRows, namesOf, rowsWith } from "./aims.ts";
import { aRead, aReadOfOne } from "./choice.ts";
import { askerOf, makeAsk, noAccount, nobodys, ownOf } from "./make-ask.ts";

/** A way to ask for something otherwise than a client would. */
export interface Oddity {
  readonly purpose: string;
  readonly level: 0 | 1;
  readonly headers?: readonly HeaderLine[];
  /** Put behind the address. */
  readonly query?: string;
  /** Statuses that refuse the oddity; where nobody refuses it, the answer is to what is missing, and shows nothing of the oddity. */
  readonly statuses: readonly number[];
}

/**
 * Reads in an odd way what nobody has, so that the answer is an error in any case, for the oddity or for the id. Where all there is to read exists,
 * the server may serve it: then nothing is promised.
 */
export function* readMissing(asking: Asking, oddities: readonly Oddity[]): Asks {
  const [one, as] = [aReadOfOne(asking), askerOf(asking)];
  const request = one ?? aRead(asking);
  if (as === undefined) {
    yield noAccount;
    return;
  }
  if (request === undefined) {
    yield { skip: "no GET in the plan" };
    return;
  }
  for (const { purpose, level, headers = [], query, statuses } of oddities) {
    const missing = missingRows(asking, request);
    const aims: readonly Row[] = missing.length === 0 ? [] : rowsWith(asking, request, ...statuses);
    const filled = one === undefined ? ownOf(asking, request) : nobodys(asking, request);
    yield makeAsk(withQuery(filled, query), { purpose, level, as, aims: namesOf(aims), headers });
  }
}

function withQuery(filled: Filled, query: string | undefined): Filled {
  if ("lacks" in filled || query === undefined) return filled;
  return { ...filled, path: `${filled.path}${filled.path.includes("?") ? "&" : "?"}${query}` };
}
