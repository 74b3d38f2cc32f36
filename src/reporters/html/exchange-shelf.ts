import type { ShownExchange } from "../../model/shown-exchange.ts";
import { limits } from "./limits.ts";
import type { ExchangeData } from "./page-data.ts";
import { type BodyLayout, showExchange } from "./show-exchange.ts";

interface Taken {
  readonly index: number;
  readonly exchange: ShownExchange;
  readonly layouts: Readonly<Record<"request" | "response", BodyLayout>>;
}

/** The exchanges that findings ask for, each once, within the page's limit; who asks first is served first. */
export class ExchangeShelf {
  readonly data: ExchangeData[] = [];
  /** Exchanges that the report has and the page has not. */
  get leftOut(): number {
    return this.#refused.size;
  }
  readonly #offered: ReadonlyMap<string, ShownExchange>;
  readonly #taken = new Map<string, Taken>();
  readonly #refused = new Set<string>();
  #length = 0;

  constructor(offered: readonly ShownExchange[]) {
    this.#offered = new Map(offered.map((exchange) => [keyOf(exchange), exchange]));
  }

  /** undefined = the report does not have it, or the page has no room left. */
  take(origin: { readonly capture: string; readonly entry: number }): Taken | undefined {
    const key = keyOf(origin);
    const known = this.#taken.get(key);
    const exchange = this.#offered.get(key);
    if (known !== undefined || exchange === undefined) return known;
    // The first that does not fit ends it: to show an exchange only to see whether it fits would cost more than all that do.
    if (this.#refused.size > 0) {
      this.#refused.add(key);
      return undefined;
    }
    const { data, layouts } = showExchange(exchange);
    const length = JSON.stringify(data).length;
    if (this.#length + length > limits.exchangesLength) {
      this.#refused.add(key);
      return undefined;
    }
    this.#length += length;
    const taken = { index: this.data.length, exchange, layouts };
    this.data.push(data);
    this.#taken.set(key, taken);
    return taken;
  }
}

function keyOf({ capture, entry }: { readonly capture: string; readonly entry: number }): string {
  return `${entry} ${capture}`;
}
