import { maskingProvision } from "../../src/model/provision.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { wholePairs } from "../../src/traffic/live-masking/groups.ts";
import { liveMasking } from "../../src/traffic/live-masking/live-masking.ts";
import { fewestTimed, judgeTimes } from "../../src/traffic/live-masking/timing.ts";

const say = messages({
  later: (resource: string, milliseconds: string, pairs: number, where: string) =>
    `Another account's ${resource} is answered ${milliseconds} ms later than a missing one, in the middle of ${pairs} pairs (${where}).`,
  sooner: (resource: string, milliseconds: string, pairs: number, where: string) =>
    `Another account's ${resource} is answered ${milliseconds} ms sooner than a missing one, in the middle of ${pairs} pairs (${where}).`,
});

/** Groups with fewer pairs were not asked for their times. */
const fewestAsked = 50;

export const timingDiffers: Rule = {
  id: "masking/timing-differs",
  summary: "another account's resource and a missing one take different times to answer",
  severity: "warning",
  needs: "accounts",
  advice: "Look the resource up by id and account in one step, and do the same work whatever is found.",
  watch({ contract, tell, unobservable, cover, study }) {
    if (contract.masking.length === 0) return {};
    const live = study(liveMasking);
    return {
      end() {
        for (const group of live.groups()) {
          const { witness, masking, pairs, name } = group;
          if (witness === undefined || pairs.size < fewestAsked) continue;
          const obstacle = live.obstacleOf(group);
          if (obstacle !== undefined) {
            unobservable(witness, obstacle);
            continue;
          }
          const times = wholePairs(group).flatMap(({ foreign, missing }) =>
            foreign.waited === undefined || missing.waited === undefined ? [] : { foreign: foreign.waited, missing: missing.waited },
          );
          const verdict = judgeTimes(times);
          if (verdict === undefined) {
            unobservable(witness, `fewer than ${2 * fewestTimed} pairs were timed on a connection that stood`);
            continue;
          }
          const { isApart, difference, resolution } = verdict;
          const provision = maskingProvision(masking);
          const until = `at a resolution of ${shown(resolution)} ms`;
          // That no difference was found does not prove that there is none.
          if (!isApart) cover(witness, provision, "not observable", `timing: no difference found in ${times.length} pairs ${until}`);
          else {
            cover(witness, provision, "broken", `timing: a difference of ${shown(difference)} ms in ${times.length} pairs ${until}`);
            tell({
              on: witness,
              say: say[difference > 0 ? "later" : "sooner"](masking.resource, shown(Math.abs(difference)), times.length, name),
              place: { kind: "exchange" },
              expected: "the same time",
              found: `${shown(difference)} ms`,
              detail: masking.resource,
              row: masking.answer,
              provision,
            });
          }
        }
      },
    };
  },
};

function shown(milliseconds: number): string {
  return milliseconds.toFixed(1);
}
