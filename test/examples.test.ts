import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../src/model/json.ts";
import { resolvePointer } from "../src/syntax/json-pointer.ts";
import type { Expected } from "./kit/record/bad.ts";
import { recordExamples } from "./kit/record/examples.ts";
import { publicHost } from "./kit/record/session.ts";
import { secrets } from "./kit/server/store.ts";

const folder = new URL("../examples/course-api/", import.meta.url);
const names = ["good.har", "bad.har", "expected.json", "client.har", "before.har", "after.har"];
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

/** Records anew, and compares with what is committed. To write instead: `UPDATE_EXAMPLES=1 npx vitest run test/examples.test.ts`. */
describe("the example captures are what the kit's server answers today", () => {
  let recorded: Readonly<Record<string, string>>;
  beforeAll(async () => {
    recorded = await recordExamples();
    if (process.env.UPDATE_EXAMPLES === undefined) return;
    mkdirSync(folder, { recursive: true });
    for (const name of names) writeFileSync(new URL(name, folder), recorded[name] ?? "");
  });

  it.each(names)("%s", (name) => {
    expect(recorded[name] === read(name), `${name} has drifted: see the comment above`).toBe(true);
  });
});

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: number; readonly content: { readonly text: string } };
}

function entriesOf(name: string): readonly Entry[] {
  return (JSON.parse(read(name)) as { log: { entries: Entry[] } }).log.entries;
}

describe.each(["good.har", "bad.har"])("%s", (name) => {
  it("is HAR 1.2, in order, and nothing of the machine or of the secrets is in it", () => {
    const { log } = JSON.parse(read(name)) as { log: JsonObject };
    expect(log).toMatchObject({ version: "1.2", creator: { name: "envelint kit", version: expect.any(String) } });
    const entries = entriesOf(name);
    for (const entry of entries) {
      expect(entry).toMatchObject({
        startedDateTime: expect.stringMatching(/^2026-01-15T\d\d:\d\d:\d\d\.\d{3}Z$/),
        request: { httpVersion: "HTTP/1.1", cookies: [], headers: expect.any(Array), queryString: expect.any(Array), headersSize: -1 },
        response: { content: { size: expect.any(Number), mimeType: expect.any(String) }, redirectURL: "", headersSize: -1 },
        cache: {},
        timings: { send: 0, wait: entry.time, receive: 0 },
      });
      expect(entry.request.url.startsWith(`https://${publicHost}/v1/`)).toBe(true);
    }
    const starts = entries.map((entry) => entry.startedDateTime);
    expect([...starts].sort()).toEqual(starts);
    for (const hidden of ["127.0.0.1", "localhost", ...Object.values(secrets)]) expect(read(name)).not.toContain(hidden);
  });
});

describe("good.har", () => {
  const seeAll = () =>
    entriesOf("good.har").map(({ request, response }) => ({
      operation: `${request.method} ${new URL(request.url).pathname.replace(/(crs|pre)_\w+/, "{id}")}`,
      status: response.status,
      error: response.content.text.startsWith('{"detail"')
        ? (resolvePointer(JSON.parse(response.content.text), "/detail/error") as JsonObject)
        : {},
    }));

  it("has every operation succeed", () => {
    const succeeded = new Set(
      seeAll()
        .filter(({ status }) => status < 300)
        .map(({ operation }) => operation),
    );
    expect([...succeeded].sort()).toEqual([
      "DELETE /v1/courses/{id}",
      "GET /v1/courses",
      "GET /v1/courses/{id}",
      "GET /v1/courses/{id}/artifacts",
      "GET /v1/health",
      "GET /v1/presets/{id}",
      "PATCH /v1/courses/{id}",
      "PATCH /v1/presets/{id}",
      "POST /v1/courses",
      "POST /v1/courses/{id}/artifacts/regenerate",
      "POST /v1/courses/{id}/generate",
      "POST /v1/courses/{id}/launch",
    ]);
  });

  it("has every row of the contract", () => {
    const errors = new Set(
      seeAll()
        .filter(({ status }) => status >= 400)
        .map(({ status, error }) => `${status} ${error.type} ${error.code}`),
    );
    for (const row of [
      "400 invalid_request_error idempotency_key_required",
      "400 invalid_request_error field_required",
      "401 authentication_error undefined",
      "404 not_found_error course_not_found",
      "404 not_found_error preset_not_found",
      "404 not_found_error undefined",
      "409 invalid_request_error already_launched",
      "409 invalid_request_error course_not_editable",
      "429 rate_limit_error retry_after_43",
      "429 rate_limit_error regen_cap_reached",
      "429 quota_exceeded quota_exceeded",
      "500 server_error undefined",
    ])
      expect(errors).toContain(row);
  });
});

describe("bad.har", () => {
  const readExpected = () => JSON.parse(read("expected.json")) as Expected[];

  it("breaks at least 24 promises, each once, in one capture of a size to read", () => {
    const expected = readExpected();
    expect(new Set(expected.map(({ fault }) => fault)).size).toBe(expected.length);
    expect(expected.length).toBeGreaterThanOrEqual(24);
    expect(entriesOf("bad.har").length).toBeLessThanOrEqual(120);
  });

  it("says in each broken entry what is broken", () => {
    const { log } = JSON.parse(read("bad.har")) as { log: { entries: { comment?: string }[] } };
    for (const { fault, entry } of readExpected()) expect(log.entries[entry]?.comment).toMatch(new RegExp(`^${fault}: [A-Z].*\\.$`));
  });
});
