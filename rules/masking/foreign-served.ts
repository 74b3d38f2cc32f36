import type { Contract, Masking, Resource } from "../../src/model/contract.ts";
import type { Account, Exchange } from "../../src/model/exchange.ts";
import { maskingProvision } from "../../src/model/provision.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { withArticle } from "../../src/syntax/wording.ts";
import { liveMasking } from "../../src/traffic/live-masking/live-masking.ts";
import { AccountPeriods } from "../../src/traffic/masking/account-periods.ts";
import { createdResources } from "../../src/traffic/masking/created-resource.ts";
import { type Moment, momentOf, precedes } from "../../src/traffic/moment.ts";
import { shortened } from "../../src/traffic/shortened.ts";
import { WeighedMemory, witnessWeight } from "../../src/traffic/weighed-memory.ts";

const say = messages({
  served: (resource: string) =>
    `An account was served ${withArticle(resource)} that another account created, and the contract has no way to share one.`,
  servedLive: (resource: string, where: string) =>
    `An account was served ${withArticle(resource)} that the plan gives to another account (${where}).`,
  perhapsServed: (resource: string) =>
    `${withArticle(resource, "A")} was served to another credential than the one that created it: to another account, unless both are one account's.`,
});

/** Accounts kept for one resource. */
const mostReaders = 8;

interface Story {
  readonly masking: Masking;
  creator?: { readonly account: Account; readonly moment: Moment };
  /** The earliest request that named it. */
  named?: Moment;
  /** The first time each account was served it. */
  readonly readers: Map<string, { readonly account: Account; readonly moment: Moment; readonly witness: Witness }>;
}

export const foreignServed: Rule = {
  id: "masking/foreign-served",
  summary: "one account is served what another created",
  severity: "warning",
  needs: "accounts",
  advice: "Bind the look-up to the caller's account. If the two may share, declare the operation by which they do.",
  watch({ contract, tell, cover, remember, witness, study }) {
    if (contract.masking.length === 0) return {};
    const live = study(liveMasking);
    const isShared = hasSharing(contract);
    const stories = new WeighedMemory<Story>({ remember });
    const periods = new AccountPeriods({ remember });
    const note = ({ request: { server } }: Exchange, { masking, id }: Resource, change: (story: Story) => void) => {
      const key = [server, masking.resource, id].map((part) => shortened(part)).join("\n");
      const story = stories.get(key) ?? { masking, readers: new Map() };
      change(story);
      stories.set(key, story, 1 + story.readers.size * witnessWeight);
    };
    return {
      exchange(exchange, answer) {
        // Whose it is the plan says, where a probe asked; without one, sharing may be what happened.
        if (isShared || (exchange.probe?.live === true && exchange.probe.target?.is === "foreign")) return;
        const resources = contract.resourcesOf(exchange.request);
        const created = answer === undefined ? createdResources(contract, exchange) : [];
        const { account, request, response } = exchange;
        if (resources.length + created.length === 0) return;
        const moment = momentOf(exchange);
        const served = answer === undefined && response.status >= 200 && response.status < 300 && request.method !== "OPTIONS";
        for (const resource of resources)
          note(exchange, resource, (story) => {
            if (story.named === undefined || precedes(moment, story.named)) story.named = moment;
            if (!served || account === undefined) return;
            if (story.readers.size < mostReaders && !story.readers.has(account.id))
              story.readers.set(account.id, { account, moment, witness: witness(exchange, { kind: "url" }) });
          });
        for (const resource of created)
          note(exchange, resource, (story) => {
            if (account && (story.creator === undefined || precedes(moment, story.creator.moment))) story.creator = { account, moment };
          });
        periods.note(exchange);
      },
      end() {
        for (const { masking, name, served, isMissingServed } of live.groups()) {
          if (served === undefined || isMissingServed) continue;
          cover(served, maskingProvision(masking), "broken");
          tell({
            on: served,
            say: say.servedLive(masking.resource, name),
            place: { kind: "url" },
            expected: `${masking.answer.status.text} ${masking.answer.name}`,
            found: String(served.status),
            detail: masking.resource,
            severity: "error",
            row: masking.answer,
            provision: maskingProvision(masking),
          });
        }
        for (const { masking, creator, named, readers } of stories.values()) {
          if (creator === undefined || (named !== undefined && !precedes(creator.moment, named))) continue;
          for (const reader of readers.values()) {
            if (reader.account.id === creator.account.id || !precedes(creator.moment, reader.moment)) continue;
            const apart = periods.areApart(creator.account, reader.account);
            if (apart) cover(reader.witness, maskingProvision(masking), "broken");
            tell({
              on: reader.witness,
              say: apart ? say.served(masking.resource) : say.perhapsServed(masking.resource),
              place: { kind: "url" },
              expected: `${masking.answer.status.text} ${masking.answer.name}`,
              found: String(reader.witness.status),
              detail: masking.resource,
              severity: apart ? "warning" : "note",
              row: masking.answer,
              ...(apart && { provision: maskingProvision(masking) }),
              related: [creator.moment.origin],
            });
          }
        }
      },
    };
  },
};

/** Does the contract declare an operation by which accounts share things? */
function hasSharing({ operations }: Contract): boolean {
  return operations.some(({ name, templates }) =>
    /shar(?:e|ing)|invit|collab|member|grant|permission|transfer|publish/i.test([name, ...templates].join(" ")),
  );
}
