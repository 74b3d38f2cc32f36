import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../src/model/json.ts";
import { resolvePointer } from "../src/syntax/json-pointer.ts";
import { type Exchange, jsonOf, openSession, type Session, type Step } from "./kit/record/session.ts";
import { field, type RowName } from "./kit/server/answer.ts";

let session: Session;
beforeEach(async () => {
  session = await openSession({ table: "extended" });
});
afterEach(() => session.close());

const send = (step: Partial<Step>): Promise<Exchange> =>
  session.send({ as: "alice", method: "GET", path: "/v1/courses/crs_algebra1", ...step });
const codeOf = (sent: Exchange) => (resolvePointer(jsonOf(sent), session.server.envelope.place) as JsonObject).code;
const header = ({ response }: Exchange, name: string) => field(response.headers, name);

const answers: readonly [RowName, Partial<Step>, status: number, code: string, header?: readonly [name: string, value: string]][] = [
  ["method-not-allowed", { method: "PUT" }, 405, "method_not_allowed", ["Allow", "GET, PATCH, DELETE, OPTIONS"]],
  ["method-not-allowed", { method: "TRACE", path: "/v1/courses" }, 405, "method_not_allowed", ["Allow", "GET, POST, OPTIONS"]],
  ["method-not-allowed", { method: "ENVELINT" }, 405, "method_not_allowed", ["Allow", "GET, PATCH, DELETE, OPTIONS"]],
  ["method-not-allowed", { method: "POST", path: "/v1/health", as: "anonymous" }, 405, "method_not_allowed", ["Allow", "GET, OPTIONS"]],
  ["content-too-large", { method: "PATCH", json: { title: "x".repeat(70_000) } }, 413, "body_too_large"],
  [
    "unsupported-media-type",
    { method: "PATCH", text: "title=Optics", mediaType: "text/plain" },
    415,
    "unsupported_media_type",
    ["Accept", "application/json"],
  ],
  ["headers-too-large", { headers: [["X-Padding", "x".repeat(17_000)]] }, 431, "headers_too_large"],
  ["headers-too-large", { path: `/v1/courses?x=${"x".repeat(17_000)}` }, 431, "headers_too_large"],
  ["invalid-request", { method: "PATCH", text: '{"title":' }, 400, "malformed_body"],
];

describe("the kit's server by its own table", () => {
  it.each(answers)("%s", async (_, step, status, code, [name, value] = ["Retry-After", ""]) => {
    const sent = await send(step);
    expect([sent.response.status, codeOf(sent)]).toEqual([status, code]);
    expect(header(sent, name) ?? "").toBe(value);
    expect(header(sent, "Cache-Control")).toBe("no-store");
  });

  it.each(["PUT", "TRACE", "ENVELINT", "OPTIONS"])("hides a foreign resource from %s", async (method) => {
    const shown = async (id: string) => {
      const { status, text, headers } = (await send({ as: "bob", method, path: `/v1/courses/${id}` })).response;
      return [status, text.replaceAll(id, "<id>"), headers.map(([name]) => name)];
    };
    const foreign = await shown("crs_algebra1");
    expect(foreign[0]).toBe(404);
    expect(foreign).toEqual(await shown("crs_nowhere1"));
  });

  it("knows nobody before it looks at a method that Node does not know", async () => {
    expect((await send({ as: "nobody", method: "ENVELINT" })).response.status).toBe(401);
  });

  it("keeps a log of everything that came, also of what cannot be read", async () => {
    await send({ method: "HEAD", path: "/v1/courses?page=2" });
    session.wait(3);
    await send({ method: "ENVELINT" });
    await send({ headers: [["X-Padding", "x".repeat(17_000)]] });
    const { log } = session.server;
    expect(log.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "HEAD /v1/courses?page=2",
      "ENVELINT /v1/courses/crs_algebra1",
      " ",
    ]);
    expect(log.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer kit-secret-of-alice",
      "Bearer kit-secret-of-alice",
      undefined,
    ]);
    expect((log[1]?.clock ?? 0) - (log[0]?.clock ?? 0)).toBeGreaterThanOrEqual(3000);
    expect(log[2]?.at).toBeGreaterThan(log[0]?.at ?? Number.POSITIVE_INFINITY);
    session.server.reset();
    expect(session.server.log).toEqual([]);
  });
});
