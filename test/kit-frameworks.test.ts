import { once } from "node:events";
import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { startExpress } from "./kit/frameworks/express.ts";
import { startFastify } from "./kit/frameworks/fastify.ts";
import type { FrameworkServer } from "./kit/frameworks/framework-server.ts";
import { secrets } from "./kit/server/store.ts";

let server: FrameworkServer;
afterEach(() => server.close());

interface Asked {
  readonly as?: string;
  readonly body?: string;
  readonly mediaType?: string;
}

async function ask(method: string, path: string, { as = "alice", body = "", mediaType = "application/json" }: Asked = {}) {
  const sent = request(`${server.url}${path}`, {
    method,
    headers: {
      ...(as !== "" && { authorization: `Bearer ${secrets[as]}` }),
      ...(body !== "" && { "content-type": mediaType, "content-length": Buffer.byteLength(body) }),
    },
  });
  sent.end(body);
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  return `${response.statusCode} ${text}`;
}

describe.each([
  {
    name: "Fastify",
    start: startFastify,
    errors: [
      "404 Route",
      "404 Route",
      '400 "code":"FST_ERR_CTP_INVALID_JSON_BODY',
      '415 "code":"FST_ERR_CTP_INVALID_MEDIA_TYPE',
      '413 "code":"FST_ERR_CTP_BODY_TOO_LARGE',
      '400 "code":"FST_ERR_BAD_URL',
      "404 Route",
    ],
  },
  {
    name: "Express",
    start: startExpress,
    errors: [
      "404 <!DOCTYPE html>",
      "404 <!DOCTYPE html>",
      "400 <!DOCTYPE html>",
      '400 "detail":{"error"',
      "413 <!DOCTYPE html>",
      "400 <!DOCTYPE html>",
      "200 ",
    ],
  },
])("the API on $name", ({ start, errors }) => {
  it("does what the kit's does", async () => {
    server = await start();
    expect(await ask("GET", "/v1/health", { as: "" })).toBe('200 {"status":"ok"}');
    expect(await ask("GET", "/v1/courses/crs_algebra1", { as: "" })).toMatch(/^401 .*authentication_error/);
    expect(await ask("GET", "/v1/courses/crs_algebra1")).toMatch(/^200 .*Algebra/);
    expect(await ask("GET", "/v1/courses/crs_algebra1", { as: "bob" })).toMatch(/^404 .*course_not_found/);
    expect(await ask("POST", "/v1/courses", { body: "{}" })).toMatch(/^400 .*field_required/);
    expect(await ask("POST", "/v1/courses", { body: '{"title":"Optics","preset_id":"pre_evenings"}' })).toMatch(/^201 .*Optics/);
    expect(await ask("POST", "/v1/courses/crs_algebra1/launch")).toMatch(/^400 .*idempotency_key_required/);
    expect(await ask("DELETE", "/v1/courses/crs_algebra1")).toBe("204 ");
    expect(server.log.map(({ method }) => method).join(" ")).toBe("GET GET GET GET POST POST POST DELETE");
  });

  it("and errs as the framework does", async () => {
    server = await start();
    const answers = [
      await ask("GET", "/v1/nowhere"),
      await ask("PUT", "/v1/courses"),
      await ask("POST", "/v1/courses", { body: '{"title":' }),
      await ask("POST", "/v1/courses", { body: "<title/>", mediaType: "application/xml" }),
      await ask("POST", "/v1/courses", { body: JSON.stringify({ title: "x".repeat(1_100_000) }) }),
      await ask("GET", "/v1/courses/%E0%A4%A"),
      await ask("OPTIONS", "/v1/courses"),
    ];
    expect(answers.map((answer) => answer.match(/^\d+ |"detail":\{"error"|"code":"FST_\w+|Route|<!DOCTYPE html>/g)?.join(""))).toEqual(
      errors,
    );
  });
});
