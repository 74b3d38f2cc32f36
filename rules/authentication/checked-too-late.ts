import { messages, type Rule } from "../../src/model/rule.ts";
import { expectedOf, namedAnswer, strangerAnswer } from "../../src/traffic/authentication/stranger-answer.ts";
import { watchStrangers } from "../../src/traffic/authentication/watch-strangers.ts";

const say = messages({
  late: (found: string) =>
    `A request without a credential was answered ${found}: what it asks for was looked at before it was known who asks.`,
  lateMadeUp: (found: string) =>
    `A request with a credential that opens nothing was answered ${found}: what it asks for was looked at before it was known who asks.`,
});

export const checkedTooLate: Rule = {
  id: "authentication/checked-too-late",
  summary: "a stranger learns what exists, or what a request must look like, before authentication",
  severity: "warning",
  needs: "session",
  advice: "Authenticate before the resource is looked up and before the body is validated.",
  watch(watching) {
    const { contract } = watching;
    const { see, endTimeline } = watchStrangers(watching, ({ credential, answers }, { probe }, answer) => {
      if (answer === undefined || strangerAnswer(contract, answer, answers) !== "late") return undefined;
      const found = namedAnswer(answer);
      return {
        say: credential === "none" ? say.late(found) : say.lateMadeUp(found),
        place: { kind: "status" },
        expected: expectedOf(answers),
        found,
        detail: found,
        severity: probe?.live === true ? "error" : "warning",
        row: answers[0] ?? null,
      };
    });
    return { error: (answer) => see(answer.exchange, answer), endTimeline };
  },
};
