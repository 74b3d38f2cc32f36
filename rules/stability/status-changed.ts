import { messages, type Rule } from "../../src/model/rule.ts";
import { errorChanges } from "../../src/traffic/changes/error-changes.ts";

const say = messages({
  changed: (before: string, after: number) =>
    `The same request was refused with ${before} before the change, and is now refused with ${after}.`,
  refused: (before: string, after: number) =>
    `The same request was answered ${before} before the change, and is now refused with ${after}.`,
  served: (before: string, after: number) => `The same request was refused with ${before} before the change, and is now answered ${after}.`,
});

export const statusChanged: Rule = {
  id: "stability/status-changed",
  summary: "an error has another status than before the change",
  severity: "error",
  needs: "change",
  advice: "Keep the status that clients know, or announce the change as a breaking one and give the API a new version.",
  watch({ study, tell, unobservable }) {
    const changes = study(errorChanges);
    return {
      end() {
        for (const { on, status, place, expected, found, before, row } of changes.of("status")) {
          const said = status < 400 ? say.served : Number(expected) < 400 ? say.refused : say.changed;
          tell({
            on,
            say: said(expected, status),
            place,
            expected,
            found,
            detail: `${expected} -> ${found}`,
            row: row ?? on.row,
            related: [before],
          });
        }
        changes.unknown.report("status", { unobservable });
      },
    };
  },
};
