import type { Probe } from "../../probe.ts";
import { keyMember } from "../choice.ts";
import { askWith, type BadBody, needsBody, wrongType } from "./ask-with.ts";

/** Members that are put wrong one by one. */
const most = 3;

export const schema: Probe = {
  id: "body/schema",
  summary: "an object whose members are of wrong types: all of them; at level 2 one after the other",
  needs: needsBody,
  *ask(asking) {
    yield* askWith(asking, ({ valid, wrong }): BadBody[] => {
      const jsonOf = (value: unknown) => ({ content: JSON.stringify(value), mediaType: "application/json" });
      const members = Object.entries(valid())
        .filter(([name]) => name !== keyMember(asking))
        .slice(0, most);
      return [
        { purpose: "all members of a wrong type", body: jsonOf(wrong()) },
        // Where the rest is right, a server that does not look may act on it.
        ...members.map(([name, value]) => {
          const body = jsonOf({ ...valid(), [name]: wrongType(value) });
          return { purpose: `"${name}" of a wrong type`, body, level: 2 } as const;
        }),
      ];
    });
  },
};
