import { messages, type Rule } from "../../src/model/rule.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  changed: (status: number, before: string, after: string) =>
    `The type of this ${status} was ${before} before the change, and is now ${after}.`,
});

export const typeChanged: Rule = {
  id: "stability/type-changed",
  summary: "an error has another type than before the change",
  severity: "error",
  needs: "change",
  advice: "Keep the type: clients branch on it first. Tell what is new in a code, or in a member of its own.",
  watch({ study, tell, unobservable }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, place, expected, found, before, row } of changes.of("type"))
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
        changes.unknown.report("type", { unobservable });
      },
    };
  },
};
