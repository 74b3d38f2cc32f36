import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../src/model/json.ts";
import { resolvePointer } from "../src/syntax/json-pointer.ts";
import { provocations } from "./kit/record/provocations.ts";
import { type Exchange, jsonOf, openSession, type Session, type Step } from "./kit/record/session.ts";
import { field, type RowName } from "./kit/server/answer.ts";
import { envelopePlaces } from "./kit/server/envelope.ts";
import type { Provocation } from "./kit/server/fault.ts";

let session: Session;
beforeEach(async () => {
  session = await openSession();
});
afterEach(() => session.close());

const get = (as: Step["as"], path: string): Promise<Exchange> => session.send({ as, method: "GET", path });
const header = (sent: Exchange, name: string) => field(sent.response.headers, name);
const errorOf = (sent: Exchange) => resolvePointer(jsonOf(sent), session.server.envelope.place) as JsonObject;

/** Less what is another in every answer. */
const shown = ({ response }: Exchange, id = "") => ({
  ...response,
  headers: response.headers.filter(([name]) => name !== "Date" && name !== "X-Request-Id"),
  text: id === "" ? response.text : response.text.replaceAll(id, "<id>"),
});

const rows: readonly [RowName, Provocation, status: number, error: JsonObject][] = [
  ["idempotency-key-required", "launch without key", 400, { type: "invalid_request_error", code: "idempotency_key_required" }],
  ["invalid-request", "bad field", 400, { type: "invalid_request_error", code: "field_required", param: "title" }],
  ["unauthenticated", "no credential", 401, { type: "authentication_error" }],
  ["course-not-found", "missing course", 404, { type: "not_found_error", code: "course_not_found" }],
  ["course-not-found", "foreign course proved", 404, { type: "not_found_error", code: "course_not_found" }],
  ["preset-not-found", "missing preset", 404, { type: "not_found_error", code: "preset_not_found" }],
  ["preset-not-found", "foreign preset", 404, { type: "not_found_error", code: "preset_not_found" }],
  ["unknown-route", "unknown route", 404, { type: "not_found_error" }],
  ["already-launched", "launch again", 409, { type: "invalid_request_error", code: "already_launched" }],
  ["conflict", "edit launched", 409, { type: "invalid_request_error", code: "course_not_editable" }],
  ["conflict", "reuse", 409, { type: "invalid_request_error", code: "idempotency_key_reused" }],
  ["rate-limited", "rate limit", 429, { type: "rate_limit_error", code: "retry_after_60" }],
  ["regen-cap-reached", "regeneration cap", 429, { type: "rate_limit_error", code: "regen_cap_reached" }],
  ["quota-exceeded", "quota", 429, { type: "quota_exceeded", code: "quota_exceeded" }],
  ["server-error", "crash", 500, { type: "server_error" }],
];

describe("the kit's server keeps every row of the contract", () => {
  it.each(rows)("%s: %s", async (row, provocation, status, error) => {
    const sent = await provocations[provocation](session, "0001");
    expect(sent.response.status).toBe(status);
    expect(errorOf(sent)).toEqual({ ...error, message: expect.stringMatching(/\w+ \w+.*\.$/) });
    expect(header(sent, "Content-Type")).toBe("application/json");
    expect(header(sent, "Cache-Control")).toBe("no-store");
    expect(header(sent, "Retry-After")).toBe(row === "rate-limited" ? "60" : undefined);
    expect(header(sent, "WWW-Authenticate")).toBe(row === "unauthenticated" ? 'Bearer realm="courses"' : undefined);
  });

  it("400 for every body that cannot be read", async () => {
    const post = (step: Partial<Step>) => session.send({ as: "alice", method: "POST", path: "/v1/courses", ...step });
    const codes = [
      await post({ text: '{"title":' }),
      await post({ json: ["title"] }),
      await post({ text: "null" }),
      await post({ text: "title=Optics", mediaType: "text/plain" }),
      await post({ text: JSON.stringify({ title: "x".repeat(70_000) }) }),
      await post({ json: { title: 7, preset_id: "pre_evenings" } }),
      await post({ text: `${'{"a":'.repeat(200)}1${"}".repeat(200)}` }),
      await post({ text: '{"title":"A","title":"B","preset_id":"pre_evenings"}' }),
    ].map((sent) => [sent.response.status, errorOf(sent).code]);
    expect(codes).toEqual([
      [400, "malformed_body"],
      [400, "malformed_body"],
      [400, "malformed_body"],
      [400, "unsupported_media_type"],
      [400, "body_too_large"],
      [400, "field_invalid"],
      [400, "field_required"],
      [400, "malformed_body"],
    ]);
  });

  it("400 in the envelope for what is not HTTP", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(session.server.url).port), "127.0.0.1", () => socket.write("ENVELINT / HTTP/1.1\r\n\r\n"));
      let received = "";
      socket.on("data", (bytes) => {
        received += bytes.toString();
      });
      socket.on("close", () => resolve(received));
      socket.on("error", reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).toContain('{"detail":{"error":{"type":"invalid_request_error"');
  });

  it("401 for every credential that opens nothing, before anything else is looked at", async () => {
    const sent = [
      await get("nobody", "/v1/courses/crs_algebra1"),
      await get("anonymous", "/v1/courses/crs_nowhere1"),
      await session.send({ as: "anonymous", method: "POST", path: "/v1/courses", text: "{" }),
      await get("nobody", "/v1/lessons"),
    ];
    expect(new Set(sent.map((each) => JSON.stringify(shown(each)))).size).toBe(1);
    expect((await get("anonymous", "/v1/health")).response.status).toBe(200);
  });

  it("400 for an unsupported method on one's own resource, 404 on everything else", async () => {
    const put = async (path: string) => errorOf(await session.send({ as: "alice", method: "PUT", path })).code;
    expect(await put("/v1/courses/crs_algebra1")).toBe("unsupported_operation");
    expect(await put("/v1/courses/crs_algebra1/sections")).toBe("unsupported_operation");
    expect(await put("/v1/courses/crs_calculus")).toBe("course_not_found");
    expect(await put("/v1/courses")).toBeUndefined();
    expect(await put("/v2/courses/crs_algebra1")).toBe("course_not_found");
    expect(await put("//v1/courses//crs_algebra1/")).toBe("unsupported_operation");
  });
});

describe("foreign and missing look alike", () => {
  const requests: readonly Omit<Step, "as" | "path">[] = [
    { method: "GET" },
    { method: "HEAD" },
    { method: "OPTIONS" },
    { method: "DELETE" },
    { method: "PUT" },
    { method: "PATCH", json: { title: "Mine" } },
    { method: "PATCH", text: '{"title":' },
    { method: "PATCH", text: "title", mediaType: "text/plain" },
  ];

  it.each(requests)("$method $text $mediaType", async (request) => {
    for (const [foreign, missing] of [
      ["/v1/courses/crs_algebra1", "/v1/courses/crs_nowhere1"],
      ["/v1/presets/pre_evenings", "/v1/presets/pre_anywhere"],
      ["/v1/courses/crs_algebra1/artifacts", "/v1/courses/crs_nowhere1/artifacts"],
    ] as const) {
      const idOf = (path: string) => path.split("/")[3] ?? "";
      const theirs = await session.send({ ...request, as: "bob", path: foreign });
      const nobodys = await session.send({ ...request, as: "bob", path: missing });
      expect(theirs.response.status).toBe(404);
      expect(shown(theirs, idOf(foreign))).toEqual(shown(nobodys, idOf(missing)));
    }
  });

  it("also in a body, and when launching", async () => {
    const create = (preset_id: string) => session.send({ as: "bob", method: "POST", path: "/v1/courses", json: { title: "A", preset_id } });
    expect(shown(await create("pre_evenings"), "pre_evenings")).toEqual(shown(await create("pre_anywhere"), "pre_anywhere"));
    const launch = (id: string) => session.send({ as: "bob", method: "POST", path: `/v1/courses/${id}/launch` });
    expect(shown(await launch("crs_algebra1"), "crs_algebra1")).toEqual(shown(await launch("crs_nowhere1"), "crs_nowhere1"));
  });

  it("and a list holds one's own only", async () => {
    const { data } = jsonOf(await get("bob", "/v1/courses")) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(["crs_calculus", "crs_dynamics"]);
  });
});

describe("launching", () => {
  it("once: its key brings back the course, another key a conflict", async () => {
    const replay = await provocations.replay(session, "0001");
    expect(replay.response.status).toBe(200);
    const before = session.log[replay.index - 1] as Exchange;
    const { headers, ...answer } = shown(replay);
    const mark = ["Idempotent-Replayed", "true"];
    expect(headers).toContainEqual(mark);
    expect({ ...answer, headers: headers.filter(([name]) => name !== mark[0]) }).toEqual(shown(before));
    expect(session.server.store.courses.get(String((jsonOf(replay) as JsonObject).id))?.state).toBe("launched");
  });

  it("needs a key with something in it, and not too much", async () => {
    const launch = async (key: string) =>
      errorOf(await session.send({ as: "alice", method: "POST", path: "/v1/courses/crs_algebra1/launch", key })).code;
    expect(await launch("")).toBe("idempotency_key_required");
    expect(await launch("k".repeat(10_000))).toBe("idempotency_key_too_long");
    expect(session.server.store.courses.get("crs_algebra1")?.state).toBe("draft");
  });

  it("keeps the keys of accounts apart", async () => {
    const sent = await provocations["key of another"](session, "0001");
    expect(sent.response.status).toBe(200);
    expect(sent.step.path).toContain(String((jsonOf(sent) as JsonObject).id));
  });
});

describe("limits", () => {
  it("60 a minute for each account, and served after the wait", async () => {
    for (let sent = 0; sent < 60; sent++) expect((await get("alice", "/v1/courses")).response.status).toBe(200);
    const limited = await get("alice", "/v1/courses");
    const wait = Number(header(limited, "Retry-After"));
    expect(limited.response.status).toBe(429);
    expect(errorOf(limited).code).toBe(`retry_after_${wait}`);
    expect((await get("alice", "/v1/courses/crs_nowhere1")).response.status).toBe(429);
    expect((await get("bob", "/v1/courses")).response.status).toBe(200);
    session.wait(wait);
    expect((await get("alice", "/v1/courses")).response.status).toBe(200);
  });

  it("the note of a refused regeneration is kept", async () => {
    await provocations["regeneration cap"](session, "0001");
    expect(session.server.store.courses.get("crs_geometry")?.notes).toEqual(["Shorter, 0001"]);
  });

  it("reset forgets everything", async () => {
    session.server.spend("alice", 60);
    session.server.use("type-unknown");
    await session.send({ as: "bob", method: "DELETE", path: "/v1/courses/crs_calculus" });
    session.server.reset();
    expect((await get("bob", "/v1/courses/crs_calculus")).response.status).toBe(200);
    expect(errorOf(await provocations.crash(session, "0001")).type).toBe("server_error");
  });
});

describe("the envelope", () => {
  it.each(envelopePlaces)("at %j, with and without nulls", async (place) => {
    for (const nulls of [false, true]) {
      const other = await openSession({ envelope: { place, nulls } });
      const body = jsonOf(await provocations.crash(other, "0001"));
      await other.close();
      const error = { type: "server_error", message: "Something went wrong on our side.", ...(nulls ? { code: null, param: null } : {}) };
      expect(resolvePointer(body, place)).toEqual(error);
    }
  });
});
