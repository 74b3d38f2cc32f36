import type { Contract, ErrorAnswer } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Studying, Watch } from "../../model/rule.ts";
import { refusalKind } from "../masking/masked-refusal.ts";
import { momentOf } from "../moment.ts";
import { shortened } from "../shortened.ts";
import { WeighedMemory, witnessWeight } from "../weighed-memory.ts";
import { type AskedFor, askedFor } from "./asked-id.ts";
import { type OwnRead, obstacleOf, ownReadOf } from "./controls.ts";
import type { LiveAnswer, LiveGroup } from "./groups.ts";
import { liveTraitsOf } from "./traits.ts";

/** Pairs of a group whose answers are compared; of more only the times are kept. */
const mostCompared = 100;
/** Pairs of a group in all. */
const mostPairs = 2_000;
/** Reads of one id that are kept: the first and the last of them. */
const mostReads = 16;

/** What of a resource stands before any group. */
interface Resource {
  /** Reads of their own, of any account. */
  readonly reads: Map<string, OwnRead[]>;
  /** The owner was answered otherwise than with the missing row, for an id taken to be missing. */
  isMissingDoubtful: boolean;
}

/** What live probes asked of masked resources, with whose ids they knew: pairs of a foreign and a missing one, and reads before and after. */
export class LiveMasking implements Watch {
  readonly #studying: Pick<Studying, "contract" | "witness" | "mask">;
  readonly #contract: Contract;
  readonly #groups: WeighedMemory<LiveGroup>;
  readonly #resources: WeighedMemory<Resource>;

  constructor(studying: Studying) {
    this.#studying = studying;
    this.#contract = studying.contract;
    this.#groups = new WeighedMemory(studying);
    this.#resources = new WeighedMemory(studying);
  }

  exchange(exchange: Exchange, answer: ErrorAnswer | undefined): void {
    const { probe } = exchange;
    if (probe?.live !== true || probe.target === undefined) return;
    const asked = askedFor(this.#contract, exchange.request, probe.target.resource);
    if (asked === undefined) return;
    if (probe.target.is === "own") this.#own(exchange, answer, asked);
    else if (probe.group === undefined || probe.pair === undefined || probe.pair < 0) this.#alone(exchange, answer, asked);
    else if (!isPassing(exchange, answer)) this.#paired(exchange, answer, asked, probe.group, probe.pair, probe.target.is);
  }

  /** A connection that is closed on one of them is an answer as well. */
  unanswered(exchange: Exchange): void {
    this.exchange(exchange, undefined);
  }

  groups(): LiveGroup[] {
    return [...this.#groups.values()].filter(({ witness }) => witness !== undefined);
  }

  /** Why a group proves nothing; undefined = it does. */
  obstacleOf(group: LiveGroup): string | undefined {
    const { period, asker, foreignId = "" } = group;
    const resource = this.#resources.get(resourceKey(group.server, group.masking.resource));
    const reads = [...(resource?.reads ?? [])];
    const ours = reads.flatMap(([id, all]) => (id === shortened(foreignId) ? all.filter(({ account }) => account !== asker) : []));
    const theirs = reads.flatMap(([, all]) => all.filter(({ account }) => account === asker));
    const obstacle = obstacleOf(period, ours, asker === "" ? undefined : theirs);
    if (obstacle !== undefined) return obstacle;
    return resource?.isMissingDoubtful ? "an id taken to be missing was not so to the owner" : undefined;
  }

  #own(exchange: Exchange, answer: ErrorAnswer | undefined, { masking, id }: AskedFor): void {
    if (!/^(?:GET|HEAD)$/.test(exchange.request.method) || exchange.response.status === 0 || isPassing(exchange, answer)) return;
    this.#noteResource(exchange, masking.resource, ({ reads }) => {
      const ofOne = reads.get(shortened(id)) ?? [];
      if (ofOne.length >= mostReads) ofOne.splice(mostReads / 2, 1);
      ofOne.push(ownReadOf(exchange));
      reads.set(shortened(id), ofOne);
    });
  }

  /** Of one that is asked for alone: is what is taken to be missing so to its asker, whoever that is? */
  #alone(exchange: Exchange, answer: ErrorAnswer | undefined, { masking }: AskedFor): void {
    if (exchange.probe?.target?.is !== "missing" || isPassing(exchange, answer)) return;
    const kind = answer && refusalKind(this.#contract, answer, this.#contract.resourcesOf(exchange.request));
    if (answer === undefined ? exchange.response.status < 200 || exchange.response.status > 299 : kind !== "other") return;
    this.#noteResource(exchange, masking.resource, (resource) => {
      resource.isMissingDoubtful = true;
    });
  }

  #paired(
    exchange: Exchange,
    answer: ErrorAnswer | undefined,
    { masking, id, isInPath }: AskedFor,
    name: string,
    number: number,
    is: "foreign" | "missing",
  ): void {
    const { account, request, response } = exchange;
    const asker = account?.id ?? "";
    const key = [request.server, masking.resource, asker, name].map((part) => shortened(part)).join("\n");
    const moment = momentOf(exchange);
    const fresh: LiveGroup = {
      name,
      server: request.server,
      masking,
      method: request.method,
      asker,
      period: { first: moment, last: moment },
      pairs: new Map(),
      isMissingServed: false,
      isTold: false,
    };
    const group = this.#groups.get(key) ?? fresh;
    group.period.last = moment;
    const pair = group.pairs.get(number);
    if (pair === undefined && group.pairs.size >= mostPairs) return;
    const isServed = isInPath && answer === undefined && response.status >= 200 && response.status < 300 && request.method !== "OPTIONS";
    const waited = (exchange.connected ?? 0) > 0 ? undefined : exchange.waited;
    const isCompared = pair !== undefined || group.pairs.size < mostCompared;
    const mask = (text: string) => this.#studying.mask(answer ?? exchange, text);
    const kept: LiveAnswer = { moment, traits: isCompared ? liveTraitsOf(exchange, answer, id, mask) : undefined, waited };
    group.pairs.set(number, { ...pair, [is]: kept });
    if (is === "missing") group.isMissingServed ||= isServed;
    else {
      const witness = () => this.#studying.witness(answer ?? exchange, { kind: request.method === "HEAD" ? "exchange" : "status" });
      group.witness ??= witness();
      group.foreignId ??= id;
      if (isServed) group.served ??= witness();
      group.isTold ||= asker !== "" && this.#isToldElsewhere(answer);
    }
    this.#groups.set(key, group, Math.min(group.pairs.size, mostCompared) * 2 * witnessWeight + group.pairs.size);
  }

  /** By masking/existence-revealed and masking/wrong-answer. */
  #isToldElsewhere(answer: ErrorAnswer | undefined): boolean {
    if (answer === undefined) return false;
    const kind = refusalKind(this.#contract, answer, this.#contract.resourcesOf(answer.exchange.request));
    return kind === "revealed" || kind === "other";
  }

  #noteResource(exchange: Exchange, name: string, change: (resource: Resource) => void): void {
    const key = resourceKey(exchange.request.server, name);
    const resource = this.#resources.get(key) ?? { reads: new Map(), isMissingDoubtful: false };
    change(resource);
    this.#resources.set(
      key,
      resource,
      [...resource.reads.values()].reduce((sum, reads) => sum + reads.length, 1),
    );
  }
}

/** One for all rules. */
export function liveMasking(studying: Studying): LiveMasking {
  return new LiveMasking(studying);
}

/** An answer that any request might have got at that moment. */
function isPassing({ response: { status } }: Exchange, answer: ErrorAnswer | undefined): boolean {
  return status === 429 || answer?.gateway !== undefined;
}

function resourceKey(server: string, resource: string): string {
  return [server, resource].map((part) => shortened(part)).join("\n");
}
