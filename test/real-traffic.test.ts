import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { misconduct } from "./kit/client/scripts.ts";
import { faults, liveFaults } from "./kit/server/faults/index.ts";

/** Rules that no exchange of a real server or client shows, each with the reason. */
const unshown: Readonly<Record<string, string>> = {
  "http/content-forbidden": "what follows the head of a HEAD or a 204 is dropped by Node on both ends; only a proxy's capture holds it",
};

/** Rules that `test/diff.test.ts` finds between two recordings of the kit's server. */
const changes = readFileSync(new URL("diff.test.ts", import.meta.url), "utf8");

test("every rule is seen at work on an exchange that was really made, or it is said why not", () => {
  const shown = new Set([
    ...[...faults, ...liveFaults].flatMap(({ rule, also = [] }) => [rule, ...also]),
    ...misconduct.flatMap(({ finds }) => finds.map(({ rule }) => rule)),
    ...rules
      .filter(({ id }) => id.startsWith("stability/") && new RegExp(`"${id.slice("stability/".length)} .* -> `).test(changes))
      .map(({ id }) => id),
  ]);
  const missing = rules.map(({ id }) => id).filter((id) => !shown.has(id));
  expect(missing.sort()).toEqual(Object.keys(unshown).sort());
});
