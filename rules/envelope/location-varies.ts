import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { listed, pointed } from "../../src/syntax/wording.ts";
import { objectsOf, whyUnreadable } from "../../src/traffic/error-body.ts";
import { shortened } from "../../src/traffic/shortened.ts";
import { WeighedMemory, witnessWeight } from "../../src/traffic/weighed-memory.ts";

const say = messages({
  minority: (count: number, all: number, here: string, usual: string) =>
    `${count} of ${all} errors ${count === 1 ? "puts" : "put"} the error object at ${here}; most have it at ${usual}.`,
  tie: (count: number, all: number, here: string, others: string) =>
    `${count} of ${all} errors ${count === 1 ? "puts" : "put"} the error object at ${here}, as many at ${others}: a client cannot know where to look.`,
});

/** Where one server put an envelope: by pointer, how often, and a first witness of each operation. */
type Places = Map<string, { count: number; witnesses: Map<string, Witness> }>;

export const locationVaries: Rule = {
  id: "envelope/location-varies",
  summary: "errors of one API put the error object in different places",
  severity: "error",
  needs: "session",
  spans: "captures",
  advice: "Let one piece of code write every error, so that all put the error object in the same place.",
  watch({ tell, unobservable, remember, witness }) {
    const served = new WeighedMemory<Places>({ remember });
    return {
      error(answer) {
        const { exchange, envelope, gateway, pointer } = answer;
        if (gateway !== undefined || envelope === undefined || envelope.pointers.length < 2) return;
        if (!answer.readable) return unobservable(exchange, whyUnreadable(answer));
        const sound = objectsOf(answer).every((object) => envelope.required.every((role) => object.role(role) !== undefined));
        if (pointer === undefined || !sound) return;
        const key = `${shortened(exchange.request.server)} ${envelope.name}`;
        const places: Places = served.get(key) ?? new Map();
        const place = places.get(pointer) ?? { count: 0, witnesses: new Map() };
        const operation = answer.operations[0]?.name ?? "other";
        place.count++;
        if (!place.witnesses.has(operation)) place.witnesses.set(operation, witness(answer, { kind: "body", pointer }));
        places.set(pointer, place);
        const witnesses = [...places.values()].reduce((sum, each) => sum + each.witnesses.size, 0);
        served.set(key, places, witnesses * witnessWeight);
      },
      end() {
        for (const places of served.values()) {
          const counts = [...places.values()].map(({ count }) => count);
          const most = Math.max(...counts);
          const all = counts.reduce((sum, count) => sum + count, 0);
          const usual = [...places.keys()].filter((pointer) => places.get(pointer)?.count === most);
          for (const [pointer, { count, witnesses }] of places) {
            const others = usual.filter((other) => other !== pointer);
            if (others.length === 0) continue;
            const facts = [count, all, pointed(pointer), listed(others.map(pointed), "and")] as const;
            for (const on of witnesses.values())
              tell({
                on,
                say: count === most ? say.tie(...facts) : say.minority(...facts),
                place: { kind: "body", pointer },
                expected: count === most ? "one place for all errors" : `the error object at ${listed(others.map(pointed), "and")}`,
                found: pointed(pointer),
                row: null,
                related: others
                  .flatMap((other) => [...(places.get(other)?.witnesses.values() ?? [])].slice(0, 1))
                  .map(({ origin }) => origin),
              });
          }
        }
      },
    };
  },
};
