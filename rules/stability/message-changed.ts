import { messages, type Rule } from "../../src/model/rule.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  changed: (status: number, before: string, after: string) =>
    `The message of this ${status} was “${before}” before the change, and is now “${after}”.`,
});

export const messageChanged: Rule = {
  id: "stability/message-changed",
  summary: "an error says something else than before the change",
  severity: "off",
  needs: "change",
  advice: "Where the contract has neither types nor codes, clients have only the text to go by: keep it, or add a code first.",
  watch({ study, tell }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, place, expected, found, before } of changes.of("message"))
          tell({
            on,
            say: say.changed(status, expected, found),
            place,
            expected,
            found,
            detail: `${expected} -> ${found}`,
            related: [before],
          });
      },
    };
  },
};
