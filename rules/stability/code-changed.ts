import { messages, type Rule } from "../../src/model/rule.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  changed: (status: number, before: string, after: string) =>
    `The code of this ${status} was ${before} before the change, and is now ${after}.`,
});

export const codeChanged: Rule = {
  id: "stability/code-changed",
  summary: "an error has another code than before the change",
  severity: "error",
  needs: "change",
  advice: "Keep the code: clients branch on it. A new case may have a new code, an old one keeps its own.",
  watch({ study, tell, unobservable }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, place, expected, found, before, row } of changes.of("code"))
          tell({
            on,
            say: say.changed(status, expected, found),
            place,
            expected,
            found,
            detail: `${expected} -> ${found}`,
            row: row ?? on.row,
            related: [before],
          });
        changes.unknown.report("code", { unobservable });
      },
    };
  },
};
