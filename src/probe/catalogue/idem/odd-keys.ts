import { newKey, withKey } from "../../idempotency-key.ts";
import type { Asking, Probe } from "../../probe.ts";
import { noAccount } from "../make-ask.ts";
import { alreadyDone } from "./already-done.ts";
import { told } from "./fresh.ts";
import { type KeyedRequest, keyedRequests } from "./keyed-request.ts";

/** A key that no client of sense sends, where nothing is left to do. */
interface OddKey {
  readonly key: string;
  /** "with an empty key" */
  readonly how: string;
  readonly aims?: readonly string[];
  /** The contract forbids it. */
  readonly mustFail: boolean;
}

/** Characters of a key that is too long for anybody. */
const tooMany = 10_000;

export const empty = oddKey("empty", "an idempotency key without a value", (_, { idempotency, duty }) => {
  const aims = duty === "required" && idempotency.missing !== undefined ? [idempotency.missing.name] : [];
  return { key: "", how: "with an empty key", aims, mustFail: duty === "required" };
});

export const tooLong = oddKey("too-long", `an idempotency key of ${tooMany} characters`, ({ random }, { idempotency }) => {
  const text = random(tooMany);
  const key = idempotency.syntax === "sf-string" ? `"${text}"` : text;
  return { key, how: `with a key of ${tooMany} characters`, mustFail: !idempotency.isValidKey(key) };
});

export const otherForm = oddKey(
  "other-form",
  "an idempotency key in quotes where it has none, or without where it has",
  (asking, { idempotency }) => {
    const key = newKey(asking, idempotency);
    if (idempotency.syntax === "sf-string") return { key: key.slice(1, -1), how: "with a key without quotes", mustFail: false };
    return { key: `"${key}"`, how: "with a key in quotes", mustFail: false };
  },
);

function oddKey(name: string, summary: string, make: (asking: Asking, keyed: KeyedRequest) => OddKey): Probe {
  return {
    id: `idem/${name}`,
    summary,
    needs: "something with which the operation was done already",
    *ask(asking) {
      const { owner } = asking;
      for (const keyed of keyedRequests(asking)) {
        if ("skip" in keyed || owner === undefined) {
          yield "skip" in keyed ? keyed : noAccount;
          continue;
        }
        const { how, key, ...odd } = make(asking, keyed);
        const done = alreadyDone(asking, keyed, owner);
        if ("skip" in done) {
          yield { ...done, aims: odd.aims ?? [] };
          continue;
        }
        const filled = yield* told(keyed.operation, withKey(done.request, keyed.idempotency, key));
        if (filled === undefined) continue;
        // What may be served may be done once more.
        const level = odd.mustFail ? done.level : 2;
        yield { ...filled, ...odd, level, as: { account: owner }, purpose: `${keyed.operation} ${how}` };
      }
    },
  };
}
