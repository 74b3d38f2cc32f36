import { messages, type Rule } from "../../src/model/rule.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  removed: (status: number, name: string) => `This ${status} no longer has the header ${name}, which it had before the change.`,
});

export const headerRemoved: Rule = {
  id: "stability/header-removed",
  summary: "a header that the error's row names is gone",
  severity: "warning",
  needs: "change",
  advice: "Send the header as before; see that no proxy on the way removes it.",
  watch({ study, tell, unobservable }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, what, place, expected, found, before } of changes.of("header-removed"))
          tell({ on, say: say.removed(status, what), place, expected, found, detail: what.toLowerCase(), related: [before] });
        changes.unknown.report("header-removed", { unobservable });
      },
    };
  },
};
