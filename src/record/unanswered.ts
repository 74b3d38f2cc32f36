import type { JsonObject } from "../model/json.ts";
import { adviceOn } from "./advice.ts";
import type { Target } from "./target.ts";

/** Causes that are told each. */
const mostCauses = 4;
/** Requests that are named for each cause. */
const mostPlaces = 3;
const longestPath = 60;

/** How a reason begins that is the client's. */
const clientLeft = "the client left";

/** Why a request has no answer that is told elsewhere. */
export const stillOpen = "it was still open when the command had ended";

interface Cause {
  readonly why: string;
  readonly hasAnswer: boolean;
  /** The target gave no answer, though it had answered before: it was up, and what it would have said is lost. */
  readonly isLoss: boolean;
  count: number;
  /** The requests, each named once. */
  readonly places: Set<string>;
}

/** Requests that got no answer, or a part of one: nobody knows who was at fault, so no rule tells them. */
export class Unanswered {
  private readonly causes = new Map<string, Cause>();
  private entries = 0;
  private answers = 0;
  private others = 0;

  /** True: something was asked, and nothing was answered. */
  get isAll(): boolean {
    return this.entries > 0 && this.answers === 0;
  }

  /** Looks at an entry as it is written, secrets masked. */
  see({ _error: why, request, response }: JsonObject): void {
    const { status } = response as { readonly status: number };
    this.entries++;
    if (status > 0) this.answers++;
    if (typeof why !== "string" || why === stillOpen) return;
    const isLoss = status === 0 && this.answers > 0 && !why.startsWith(clientLeft);
    const key = `${status > 0} ${isLoss} ${why}`;
    let cause = this.causes.get(key);
    if (cause === undefined) {
      if (this.causes.size === mostCauses) {
        this.others++;
        return;
      }
      cause = { why, hasAnswer: status > 0, isLoss, count: 0, places: new Set() };
      this.causes.set(key, cause);
    }
    cause.count++;
    cause.places.add(placeOf(request as { readonly method: string; readonly url: string }));
  }

  /** Answers that a target which was up did not give, a sentence for each cause: a run that lacks them is not judged whole. */
  losses(target: Target): string[] {
    return this.describe(target, ({ isLoss }) => isLoss);
  }

  /** A sentence for each other cause, with what to do where no request was answered. */
  told(target: Target): string[] {
    const told = this.describe(target, ({ isLoss }) => !isLoss);
    if (this.others > 0) told.push(`${counted(this.others, "request")} more for other reasons; --record FILE keeps each, with its _error.`);
    return told;
  }

  private describe(target: Target, isMeant: (cause: Cause) => boolean): string[] {
    return [...this.causes.values()].filter(isMeant).map(({ why, hasAnswer, count, places }) => {
      const what = hasAnswer ? `${counted(count, "answer")} cannot be judged` : `${counted(count, "request")} got no answer`;
      const advice = this.isAll ? adviceOn(why, target) : undefined;
      return `${what}: ${why} (${namedOf([...places])}).${advice === undefined ? "" : ` ${advice}.`}`;
    });
  }
}

function namedOf(places: readonly string[]): string {
  const more = places.length - mostPlaces;
  return `${places.slice(0, mostPlaces).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** `GET /v1/orders/7` */
function placeOf({ method, url }: { readonly method: string; readonly url: string }): string {
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] || "*";
  return `${method} ${path.length > longestPath ? `${path.slice(0, longestPath - 1)}…` : path}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
