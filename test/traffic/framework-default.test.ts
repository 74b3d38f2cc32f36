import { describe, expect, it } from "vitest";
import { frameworkDefault } from "../../src/traffic/framework-default.ts";
import { type BodyContent, makeExchange } from "../kit/exchange.ts";

const nameOf = (body: BodyContent) => frameworkDefault(makeExchange({ status: 404, body }).response)?.framework;

describe("frameworkDefault", () => {
  it.each<[string, BodyContent]>([
    ["FastAPI", { detail: "Not Found" }],
    ["FastAPI", { detail: [{ loc: ["body", "name"], msg: "field required", type: "missing" }] }],
    ["Django REST framework", { detail: "Authentication credentials were not provided." }],
    ["Spring Boot", { timestamp: "2026-01-05T12:00:00Z", status: 404, error: "Not Found", path: "/x" }],
    ["Fastify or NestJS", { statusCode: 404, error: "Not Found", message: "Route GET:/x not found" }],
    ["Rails", { status: 404, error: "Not Found" }],
    ["Laravel", { message: "The name field is required.", errors: { name: ["The name field is required."] } }],
    ["ASP.NET Core", { type: "https://tools.ietf.org/html/rfc9110", title: "Not Found", status: 404, traceId: "00-1-2-00" }],
    ["Express", "<html><head><title>Error</title></head><body><pre>Cannot GET /x</pre></body></html>"],
    ["Express", "<html><head><title>Error</title></head><body><pre>SyntaxError: Unexpected token</pre></body></html>"],
    ["Flask (Werkzeug)", "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The URL is unknown.</p>"],
    ["Django", "<html><head><title>Server Error (500)</title></head><body><h1>Server Error (500)</h1><p></p></body></html>"],
    ["Spring Boot", "<html><body><h1>Whitelabel Error Page</h1></body></html>"],
    ["Tomcat", "<html><body><h1>HTTP Status 404 – Not Found</h1></body></html>"],
    ["Rails", "<html><title>The page you were looking for doesn't exist (404)</title></html>"],
    ["Go's net/http", "404 page not found\n"],
    ["Hono", "404 Not Found"],
    ["Starlette or Hono", "Internal Server Error"],
    ["Django", "<p>The requested resource was not found on this server.</p>"],
    ["Django", "<p>You see this error because you have <code>DEBUG = True</code></p>"],
    ["Rails", "<title>We're sorry, but something went wrong (500)</title>"],
    ["Rails", { status: 500, error: "Internal Server Error", exception: "x", traces: {} }],
    ["Laravel", { message: "", exception: "Exception", file: "x.php", trace: [] }],
  ])("knows %s", (framework, body) => {
    expect(nameOf(body)).toBe(framework);
  });

  it.each<[BodyContent]>([
    [{ detail: "Not Found", code: "x" }],
    [{ detail: { error: { type: "not_found_error", message: "No." } } }],
    [{ error: { type: "not_found_error", message: "No." } }],
    [{ type: "about:blank", title: "Not Found", status: 404 }],
    [["a", "b"]],
    ["<html><body>Broken</body></html>"],
    ["Not here"],
    [{ detail: "Not found.", code: "x" }],
    [{ detail: ["Not found."] }],
    [{ detail: [null] }],
    [{ status: "404", error: "Not Found" }],
    [{ status: 404, error: {} }],
    [{ status: 404, error: "Not Found", hint: "x" }],
    [{ statusCode: 404, hint: "x" }],
    [{ message: "No.", errors: {}, hint: "x" }],
    [{ message: 7, errors: {} }],
    [{ message: "No.", errors: [] }],
    ["<title>Error</title>"],
    ["<pre>trace</pre>"],
    ["<body><title>404 Not Found</title><h1>Not Found</h1><p>The URL is unknown.</p>"],
    [null],
  ])("does not guess: %j", (body) => {
    expect(nameOf(body)).toBeUndefined();
  });
});
