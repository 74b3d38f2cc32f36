import fc from "fast-check";
import { expect, test } from "vitest";
import { idem } from "../../../src/probe/catalogue/idem/index.ts";
import { faultOfMadeId } from "../../../src/probe/catalogue/idem/made-id.ts";
import { orSay } from "../../../src/probe/catalogue/or-say.ts";
import { isSkip } from "../../../src/probe/itinerary.ts";
import { askingFor, replyOf } from "./walk.ts";

const text = `probe: 1
target: http://127.0.0.1:1
accounts: { alice: { credential: A }, bob: { credential: B } }
resources:
  course:
    alice: { own: "42", throwAway: crs_2 }
    bob: { own: crs_9 }
    missing: crs_nothing0
    create: { send: POST /v1/courses, body: { title: Herbs, slug: my-herbs }, id: /id }
requests:
  launchCourse: { send: "POST /v1/courses/{course_id}/launch", body: { title: Herbs }, done: { course_id: crs_7 } }
  anyCourse: GET /v1/courses/crs_8
`;
const asking = await askingFor(text);
const launch = idem.find(({ id }) => id === "idem/launch") as (typeof idem)[number];

/** What follows on the reply to the request that makes one. */
function after(id: unknown): string {
  const asks = orSay(launch.ask(asking), { skip: "nothing" });
  const first = asks.next([]).value;
  expect(first).toMatchObject({ method: "POST", path: "/v1/courses" });
  const { value } = asks.next([{ ...replyOf(201), json: () => ({ id }) }]);
  return value === undefined || Array.isArray(value) ? "nothing" : isSkip(value) ? value.skip : (value as { readonly path: string }).path;
}

test.each([
  ["crs_5", "/v1/courses/crs_5/launch"],
  [43, "/v1/courses/43/launch"],
  ["a b%2f?#", "/v1/courses/a%20b%252f%3F%23/launch"],
])("%j is something new to act on", (id, path) => expect(after(id)).toBe(path));

test.each([
  ["is missing", undefined, null],
  ["is neither a text nor a number", true, {}, ["crs_5"]],
  ["is no number that can be read exactly", 1.5, 2 ** 53, Number.NaN],
  ["is empty", "", " "],
  ["has more than 200 characters", "a".repeat(201)],
  ["holds what no id in a path holds", ".", "..", "a/b", "../42", "a\\b", "a\n", "\u0000", "<id>", "\u202e1", "\ud800"],
  ["is one that the plan names, so that nothing was made", "42", 42, "crs_2", "CRS_9", "crs_nothing0", "crs_7", "crs_8", "my-herbs"],
])("nothing is done with an id that %s", (why, ...ids) => {
  for (const id of ids) expect(after(id)).toBe(`no new course could be made: the answer's id at /id ${why}`);
});

test("whatever is taken stands in a path as one segment, and is none of the plan's", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("..", "42", "%2e%2e"), fc.jsonValue()), (id) => {
      if (faultOfMadeId(id as never, asking.plan) !== undefined) return;
      const [, , , , segment, rest] = new URL(after(id), "http://a").href.slice("http:/".length).split("/");
      expect(rest).toBe("launch");
      expect(decodeURIComponent(segment ?? "")).toBe(String(id));
      expect(["42", "crs_2", "crs_7", "crs_9"]).not.toContain(String(id));
    }),
  );
});
