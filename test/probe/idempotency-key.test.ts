import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseContract } from "../../src/contract/parse.ts";
import type { Idempotency } from "../../src/model/contract.ts";
import { newKey, withKey } from "../../src/probe/idempotency-key.ts";
import type { FilledRequest } from "../../src/probe/probe.ts";
import { makeExchange } from "../kit/exchange.ts";

const contractWith = async (members: string): Promise<Idempotency> => {
  const text = `envelint: 1\ntitle: t\nextends: builtin:course-api\nidempotency: { operations: { launchCourse: required }, ${members} }`;
  return (await parseContract(text, { file: "t.yaml" })).idempotency as Idempotency;
};
const inHeader = { keyPlace: { header: "Idempotency-Key" } };
const inBody = (pointer: string) => ({ keyPlace: { pointer } });

test.each(["syntax: opaque", "syntax: uuid", "syntax: sf-string", "maxLength: 255", "maxLength: 5", "syntax: sf-string, maxLength: 12"])(
  "a new key keeps what is declared: %s",
  async (members) => {
    const idempotency = await contractWith(members);
    const random = (length: number, alphabet = "abcdefghijklmnopqrstuvwxyz0123456789") =>
      Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join("");
    for (let times = 0; times < 50; times++) expect(newKey({ random }, idempotency)).toSatisfy(idempotency.isValidKey);
    expect(newKey({ random }, idempotency)).not.toBe(newKey({ random }, { ...idempotency, maxLength: undefined }));
  },
);

describe("a key is written", () => {
  const post: FilledRequest = { method: "POST", path: "/v1/orders", headers: [["X-Trace", "1"]] };
  const json = (content: string, mediaType = "application/json"): FilledRequest => ({ ...post, body: { content, mediaType } });

  it("into its header field, in the place of another", () => {
    expect(withKey(post, inHeader, "k")).toEqual({
      ...post,
      headers: [
        ["X-Trace", "1"],
        ["Idempotency-Key", "k"],
      ],
    });
    const keyed: FilledRequest = { ...post, headers: [["idempotency-key", "old"]] };
    expect(withKey(keyed, inHeader, "k")).toMatchObject({ headers: [["Idempotency-Key", "k"]] });
    expect(withKey(keyed, inHeader, undefined)).toMatchObject({ headers: [] });
    expect(withKey(post, inHeader, "")).toMatchObject({
      headers: [
        ["X-Trace", "1"],
        ["Idempotency-Key", ""],
      ],
    });
  });

  it("into the JSON body, beside what stands there", () => {
    expect(withKey(json('{"a":1}'), inBody("/key"), "k")).toMatchObject({ body: { content: '{"a":1,"key":"k"}' } });
    expect(withKey(json('{"meta":{"a":1}}'), inBody("/meta/key"), "k")).toMatchObject({ body: { content: '{"meta":{"a":1,"key":"k"}}' } });
    expect(withKey(post, inBody("/meta/key"), "k")).toMatchObject({
      body: { content: '{"meta":{"key":"k"}}', mediaType: "application/json" },
    });
    expect(withKey(json('{"a":1,"key":"old"}'), inBody("/key"), undefined)).toMatchObject({ body: { content: '{"a":1}' } });
    expect(withKey(json('{"a":1}'), inBody("/meta/key"), undefined)).toMatchObject({ body: { content: '{"a":1}' } });
    expect(withKey(post, inBody("/key"), undefined)).toEqual(post);
  });

  it("but not into a body that is no JSON", () => {
    expect(withKey(json("a=1", "application/x-www-form-urlencoded"), inBody("/key"), "k")).toEqual({
      lacks: "a JSON body to carry the key at /key",
    });
  });

  it("where the contract then finds it", async () => {
    const name = fc.stringMatching(/^[a-z~/_]{1,6}$/).map((text) => text.replaceAll("~", "~0").replaceAll("/", "~1"));
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 3 }), fc.stringMatching(/^[a-z0-9]{1,20}$/), async (names, key) => {
        const idempotency = await contractWith(`key: { pointer: ${JSON.stringify(`/${names.join("/")}`)} }`);
        const filled = withKey(json('{"title":"Algebra"}'), idempotency, key) as FilledRequest;
        const { request } = makeExchange({
          method: "POST",
          requestBody: String(filled.body?.content),
          requestHeaders: { "content-type": "application/json" },
        });
        expect(idempotency.keyOf(request).key).toBe(key);
      }),
      { numRuns: 40 },
    );
  });
});
