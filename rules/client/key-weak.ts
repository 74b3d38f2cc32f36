import type { ErrorAnswer } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule, type Said } from "../../src/model/rule.ts";
import { keyOf, keySpace } from "../../src/traffic/keys/key-claim.ts";
import { KeySeries } from "../../src/traffic/keys/key-series.ts";
import { isCounter, shapeOf } from "../../src/traffic/keys/key-shape.ts";
import { digest } from "../../src/traffic/request-fingerprint.ts";

const say = messages({
  constant: () => "Different requests were all sent with one and the same idempotency key.",
  timestamp: () => "The idempotency keys are the time at which they were made: nothing else in them changes.",
  counter: () => "The idempotency keys are a counter: nothing but a number in them goes up.",
  short: (length: number) => `The idempotency keys are short: ${length} characters, where ${least} should be the least.`,
});

/** Characters of a key. */
const least = 16;
/** Different requests that prove a key constant. */
const proof = 3;

export const keyWeak: Rule = {
  id: "client/key-weak",
  summary: "the idempotency keys can be guessed",
  severity: "warning",
  needs: "session",
  spans: "captures",
  subject: "client",
  advice: "Draw a random UUID for each thing that is to be done: whoever guesses a key may be given another client's answer.",
  watch({ contract, tell, remember, witness }) {
    if (contract.idempotency === undefined) return {};
    const [all, short, alike] = [remember<KeySeries>(1_000), remember<KeySeries>(1_000), remember<KeySeries>(1_000)];
    const see = (exchange: Exchange, answer?: ErrorAnswer) => {
      const used = keyOf(contract, exchange);
      if (used === undefined) return;
      const shape = shapeOf(used.key, exchange.request, exchange.startedAt);
      const space = keySpace(exchange);
      const show = () => ({ place: used.place, witness: witness(answer ?? exchange, used.place) });
      const add = (memory: typeof all, name: string) => {
        const series = memory.get(name) ?? new KeySeries();
        memory.set(name, series);
        series.add(digest(used.key), shape);
        return series;
      };
      const every = add(all, space);
      if (every.keys.size === 1) every.addRequest(exchange);
      if (every.keys.size === 1 && every.requests > 1) every.shown ??= show();
      for (const series of [
        shape.length < least ? add(short, space) : undefined,
        shape.template === "" ? undefined : add(alike, `${space}\n${shape.template}`),
      ])
        if (series !== undefined && series.keys.size > 1) series.shown ??= show();
    };
    const judge = ({ shown, shortest }: KeySeries, said: Said, found: string) => {
      if (shown === undefined) return;
      tell({
        on: shown.witness,
        say: said,
        place: shown.place,
        expected: `${least} characters or more, drawn at random`,
        found: `${found}; shortest: ${shortest}`,
        row: null,
      });
    };
    return {
      exchange: see,
      unanswered: see,
      end() {
        for (const series of all.values())
          if (series.keys.size === 1 && series.requests >= proof) judge(series, say.constant(), "always the same");
        const guessed = new Set<string>();
        for (const series of alike.values()) {
          const shapes = [...series.keys.values()];
          const isTimed = shapes.every((shape) => shape.isTimed);
          if (shapes.length < 2 || !(isTimed || isCounter(shapes.map(({ numbers }) => numbers)))) continue;
          for (const id of series.keys.keys()) guessed.add(id);
          judge(series, isTimed ? say.timestamp() : say.counter(), isTimed ? "a time" : "a counter");
        }
        for (const series of short.values())
          if ([...series.keys.keys()].filter((id) => !guessed.has(id)).length > 1) judge(series, say.short(series.shortest), "short");
      },
    };
  },
};
