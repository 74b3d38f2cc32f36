import type { Row } from "../../../model/contract.ts";
import type { Asks } from "../../ask.ts";
import { newKey, withKey } from "../../idempotency-key.ts";
import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, Probe } from "../../probe.ts";
import { operationWithKey } from "../idem/keyed-request.ts";
import { noAccount } from "../make-ask.ts";
import { orSay } from "../or-say.ts";

export const conflict: Probe = {
  id: "state/conflict",
  summary: "what was done already is asked for again, as a new request",
  needs: "something with which an operation was done already",
  *ask(asking) {
    const { owner } = asking;
    if (owner === undefined) yield noAccount;
    else
      yield* orSay(doAgain(asking, owner), {
        skip: "no operation in the plan that can be done only once, by the contract",
      });
  },
};

function* doAgain(asking: Asking, owner: string): Asks {
  const { idempotency } = asking.contract;
  for (const request of asking.plan.requests) {
    const rows = conflictRows(asking, request);
    if (rows.length === 0) continue;
    if (request.done === undefined) {
      const own = rows.filter((row) => isAboutDone(row, request) && isOwn(asking, request, row)).map(({ name }) => name);
      if (own.length > 0) yield { skip: `no \`done\` for ${request.operation} in the plan`, aims: own };
      continue;
    }
    const aims = rows.filter((row) => isAboutDone(row, request)).map(({ name }) => name);
    const done = asking.fill(request, request.done, owner);
    const isKeyed = idempotency !== undefined && operationWithKey(asking, idempotency, request) !== undefined;
    const filled = "lacks" in done || !isKeyed ? done : withKey(done, idempotency, newKey(asking, idempotency));
    if ("lacks" in filled) yield { skip: `${request.operation}: ${filled.lacks}`, aims };
    else yield { ...filled, level: 2, as: { account: owner }, aims, purpose: `${request.operation} of what it was done with already` };
  }
}

/** The rows of a 409 that an operation may meet, whatever it is about; those for keys aside. */
function conflictRows(asking: Asking, request: PlannedRequest): readonly Row[] {
  const names = new Set(asking.operationsOf(request).map(({ name }) => name));
  const { idempotency, rows } = asking.contract;
  return rows.filter(
    (row) =>
      row.status.has(409) &&
      row !== idempotency?.reuse &&
      row !== idempotency?.inFlight &&
      (row.operations === undefined || row.operations.some((name) => names.has(name))),
  );
}

/** Is a row about this very operation, rather than about all: it names it, or takes a key, so that it acts once? */
function isOwn(asking: Asking, request: PlannedRequest, { operations }: Row): boolean {
  const { idempotency } = asking.contract;
  return operations !== undefined || (idempotency !== undefined && operationWithKey(asking, idempotency, request) !== undefined);
}

/** Does a row say that there is nothing left to do: `already_launched`, `order_cancelled` for `cancelOrder`? */
function isAboutDone({ name, code }: Row, { operation }: PlannedRequest): boolean {
  const text = [name, ...code.values].join(" ");
  const [verb = ""] = /^[a-z]{4,}/.exec(operation) ?? [];
  return /already/i.test(text) || (verb !== "" && text.toLowerCase().includes(verb.replace(/e$/, "")));
}
