import { messages, type Rule } from "../../src/model/rule.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  removed: (status: number, pointer: string) => `This ${status} no longer has ${pointer}, which it always had before the change.`,
});

export const memberRemoved: Rule = {
  id: "stability/member-removed",
  summary: "a member that errors always had is gone",
  severity: "error",
  needs: "change",
  advice: "Send the member as before; a client that reads it finds nothing.",
  watch({ study, tell, unobservable }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, what, place, expected, found, before } of changes.of("member-removed"))
          tell({ on, say: say.removed(status, what), place, expected, found, detail: what, related: [before] });
        changes.unknown.report("member-removed", { unobservable });
      },
    };
  },
};
