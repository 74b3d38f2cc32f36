import { messages, type Rule } from "../../src/model/rule.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  added: (status: number, pointer: string) => `This ${status} has a member that it never had before the change: ${pointer}.`,
});

export const memberAdded: Rule = {
  id: "stability/member-added",
  summary: "an error has a member that it never had",
  severity: "note",
  needs: "change",
  advice:
    "Nothing breaks for a client that ignores what it does not know. Name the member in the contract, or see that it was meant to be sent.",
  watch({ study, tell, unobservable }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, what, place, expected, found, before } of changes.of("member-added"))
          tell({ on, say: say.added(status, what), place, expected, found, detail: what, related: [before] });
        changes.unknown.report("member-added", { unobservable });
      },
    };
  },
};
