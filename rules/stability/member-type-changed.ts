import { messages, type Rule } from "../../src/model/rule.ts";
import { pointed } from "../../src/syntax/wording.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  changed: (status: number, pointer: string, before: string, after: string) =>
    `${pointer} of this ${status} was of the type ${before} before the change, and is now of the type ${after}.`,
});

export const memberTypeChanged: Rule = {
  id: "stability/member-type-changed",
  summary: "a member of an error is of another JSON type",
  severity: "error",
  needs: "change",
  advice: "Keep the JSON type; give a value of another type a member of its own.",
  watch({ study, tell }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, what, place, expected, found, before } of changes.of("member-type"))
          tell({
            on,
            say: say.changed(status, pointed(what), expected, found),
            place,
            expected,
            found,
            detail: `${what} ${expected} -> ${found}`,
            related: [before],
          });
      },
    };
  },
};
