import type { Place } from "../../src/model/place.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { hideIds, hiderOf } from "../../src/traffic/masking/answer-traits.ts";
import { refusalKind } from "../../src/traffic/masking/masked-refusal.ts";
import { maskedTraffic } from "../../src/traffic/masking/masked-traffic.ts";
import { keepable } from "../../src/traffic/shortened.ts";

const say = messages({
  hinted: (resource: string, word: string) =>
    `The message of a masked ${resource}'s refusal says "${word}", which is said only of something that exists.`,
});

const words =
  /\b(?:permissions?|permitted|not allowed|forbidden|unauthori[sz]ed|not authori[sz]ed|access denied|denied access|(?:don't|do not|doesn't|does not) have access|no access|owners?|ownership|owned|belongs? to|(?:another|an?other|different) (?:user|account|customer|tenant|team|workspace|organi[sz]ation)|not yours?|is private)\b/i;

/** A text that leaves both open gives nothing away: "not found, or not yours". */
const leavesOpen = (text: string) => /\bor\b/i.test(text) && /not (?:be )?found|not exist|n't exist|no such|unknown/i.test(text);

/** Characters of a message that are read. */
const longest = 10_000;

interface Facts {
  readonly word: string;
  /** The message without its ids. */
  readonly text: string;
  readonly place: Place;
  readonly witness: Witness;
}

export const ownershipHinted: Rule = {
  id: "masking/ownership-hinted",
  summary: "the text of a masked refusal speaks of ownership or permission",
  severity: "warning",
  needs: "exchange",
  spans: "captures",
  advice: "Use one fixed message for what is missing and what is another account's.",
  watch({ contract, tell, study, witness }) {
    if (contract.masking.length === 0) return {};
    const refusals = study(maskedTraffic).open<Facts>();
    return {
      error(answer) {
        const message = answer.meetings[0]?.object?.role("message");
        if (typeof message?.value !== "string") return;
        const resources = contract.resourcesOf(answer.exchange.request);
        const resource = resources.at(-1);
        if (resource === undefined || refusalKind(contract, answer, resources) !== "masked") return;
        const said = message.value.slice(0, longest);
        const word = words.exec(said)?.[0].toLowerCase();
        if (word === undefined || leavesOpen(said)) return;
        refusals.note(answer, resource, () => ({
          word: keepable(word),
          text: keepable(`${resource.masking.resource}\n${hideIds(hiderOf(resource.id)(said))}`),
          place: message.place,
          witness: witness(answer, message.place),
        }));
      },
      end() {
        const missing = refusals.missing();
        const existing = refusals.existing();
        const saidOfMissing = new Set(missing.map(({ facts }) => facts.text));
        const saidOfExisting = new Set(existing.map(({ facts }) => facts.text));
        for (const { masking, facts } of [...existing, ...missing]) {
          // The same words for both tell nobody anything.
          if (saidOfMissing.has(facts.text) && saidOfExisting.has(facts.text)) continue;
          tell({
            on: facts.witness,
            say: say.hinted(masking.resource, facts.word),
            place: facts.place,
            expected: "words that fit a missing one too",
            found: `"${facts.word}"`,
            detail: `${masking.resource} ${facts.word}`,
            row: masking.answer,
          });
        }
      },
    };
  },
};
