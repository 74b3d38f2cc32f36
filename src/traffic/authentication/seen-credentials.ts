import type { Credential } from "../../model/contract.ts";
import type { Exchange, Request } from "../../model/exchange.ts";
import type { Studying, Watch } from "../../model/rule.ts";

/** Captures' servers kept of one timeline. */
const limit = 1_000;

/**
 * Which captures show the credentials sent to which server. Where none was ever seen, a request without one proves nothing: browsers and
 * other tools leave them out of what they write.
 */
export class SeenCredentials implements Watch {
  readonly #declared: readonly Credential[];
  /** The declared credentials seen so far, by capture and server. */
  readonly #seen = new Map<string, Set<Credential>>();
  #whole: { readonly capture: string; readonly server: string } | undefined;
  #isOver = false;

  constructor({ contract }: Pick<Studying, "contract">) {
    this.#declared = contract.authentication.credentials;
  }

  exchange({ account, origin, request }: Exchange): void {
    if (this.#isOver) {
      this.#seen.clear();
      this.#whole = undefined;
    }
    this.#isOver = false;
    if (account?.credential === undefined) return;
    // Mostly the same server of the same capture again, of which all is seen.
    const { capture } = origin;
    if (this.#whole?.capture === capture && this.#whole.server === request.server) return;
    const key = keyOf(origin.capture, request.server);
    const seen = this.#seen.get(key) ?? new Set();
    if (seen.size === this.#declared.length) this.#whole = { capture, server: request.server };
    if (seen.size === this.#declared.length || (seen.size === 0 && this.#seen.size === limit)) return;
    for (const credential of this.#declared) if (this.#declared.length === 1 || carries(request, credential)) seen.add(credential);
    this.#seen.set(key, seen);
  }

  /** Until the next timeline begins, so that rules can ask at the end of one. */
  endTimeline(): void {
    this.#isOver = true;
  }

  /** Was every credential that the contract declares seen there? What is left out may be left out by its name. */
  areVisible(capture: string, server: string): boolean {
    return this.#seen.get(keyOf(capture, server))?.size === this.#declared.length;
  }
}

/** One for all rules. */
export function seenCredentials(studying: Studying): SeenCredentials {
  return new SeenCredentials(studying);
}

function keyOf(capture: string, server: string): string {
  return `${capture}\n${server}`;
}

function carries({ headers, query }: Request, credential: Credential): boolean {
  if ("header" in credential) return headers.get(credential.header) !== undefined;
  if ("query" in credential) return new URLSearchParams(query).has(credential.query);
  return headers.all("cookie").some((line) => line.split(";").some((pair) => pair.trim().startsWith(`${credential.cookie}=`)));
}
