import { withField } from "../answer.ts";
import type { Fault } from "../fault.ts";
import { refusals } from "../refusals.ts";
import { body, header, member, onRow, onWire, setHeader, setMembers, status } from "./change.ts";

/** In parts, so that no scanner takes it for a leak. */
const key = ["sk_", "live_", "9Qm3vT0xk9LrWz2uYpN6sD1f"].join("");

const trace = "course is undefined\n    at launch (/srv/courses/launch.js:41:13)\n    at async handle (/srv/courses/server.js:7:3)";

const debugPage =
  "<!doctype html>\n<html lang=en>\n<head><title>KeyError: 'course' // Werkzeug Debugger</title>\n<script>var EVALEX = true, EVALEX_TRUSTED = false;</script></head>\n<body><h1>KeyError</h1></body>\n</html>\n";

/** Errors that say more of the server than a client should know. */
export const disclosureFaults: readonly Fault[] = [
  {
    name: "stack-trace",
    breaks: "A 500's message is a stack trace.",
    rule: "disclosure/internals",
    note: "stack-trace",
    row: "server-error",
    place: member("message"),
    provokedBy: "crash",
    ...setMembers("server-error", { message: trace }),
  },
  {
    name: "stack-frame",
    breaks: "A 500's message is one line of a stack trace.",
    rule: "disclosure/internals",
    note: "stack-frame",
    row: "server-error",
    place: member("message"),
    provokedBy: "crash",
    ...setMembers("server-error", { message: "at launch (/srv/courses/launch.js:41:13)" }),
  },
  {
    name: "exception-name",
    breaks: "A 500's message is what the runtime said.",
    rule: "disclosure/internals",
    note: "exception-name",
    row: "server-error",
    place: member("message"),
    provokedBy: "crash",
    ...setMembers("server-error", { message: "TypeError: Cannot read properties of undefined (reading 'title')" }),
  },
  {
    name: "sql-error",
    breaks: "A conflict's message is the database's.",
    rule: "disclosure/internals",
    note: "sql",
    row: "conflict",
    place: member("message"),
    provokedBy: "edit launched",
    ...setMembers("conflict", { message: 'duplicate key value violates unique constraint "courses_title_key"' }),
  },
  {
    name: "file-path",
    breaks: "A 500's message names a file of the server's.",
    rule: "disclosure/internals",
    note: "file-path",
    row: "server-error",
    place: member("message"),
    provokedBy: "crash",
    ...setMembers("server-error", { message: "There is no file /srv/courses/templates/course.twig." }),
  },
  {
    name: "debug-page",
    breaks: "A 500 is the framework's debug page.",
    rule: "disclosure/internals",
    note: "debug-page",
    also: ["envelope/not-json"],
    row: "server-error",
    place: body(),
    provokedBy: "crash",
    ...onWire("server-error", (wire) => ({ ...wire, text: debugPage, headers: withField(wire.headers, "Content-Type", "text/html") })),
  },
  {
    name: "credential-echoed",
    breaks: "A 404's message repeats the caller's credential.",
    rule: "disclosure/secret-echoed",
    note: "echoed",
    row: "course-not-found",
    place: member("message"),
    provokedBy: "missing course",
    ...onRow("course-not-found", (refusal, { call }) => ({
      ...refusal,
      error: { ...refusal.error, message: `There is no such course for ${call.headers.authorization}.` },
    })),
  },
  {
    name: "key-shown",
    breaks: "A 500's message shows a key of the server's own.",
    rule: "disclosure/secret-echoed",
    note: "shape",
    row: "server-error",
    place: member("message"),
    provokedBy: "crash",
    ...setMembers("server-error", { message: `The payment service refused the key ${key}.` }),
  },
  {
    name: "address-in-message",
    breaks: "A 500's message names an address of the server's network.",
    rule: "disclosure/internal-address",
    note: "in-body",
    row: "server-error",
    place: member("message"),
    provokedBy: "crash",
    ...setMembers("server-error", { message: "connect ECONNREFUSED 10.1.7.23:5432" }),
  },
  {
    name: "address-in-location",
    breaks: "A 404 points to a host that only the server's network knows.",
    rule: "disclosure/internal-address",
    note: "in-header",
    row: "course-not-found",
    place: header("Location"),
    provokedBy: "missing course",
    ...setHeader("course-not-found", "Location", "http://courses.prod.svc.cluster.local/v1/courses"),
  },
  {
    name: "version-banner",
    breaks: "A 500 names the version of the server's software.",
    rule: "disclosure/version-banner",
    note: "named",
    row: null,
    place: header("Server"),
    provokedBy: "crash",
    ...setHeader("server-error", "Server", "gunicorn/19.9.0"),
  },
  {
    name: "markup-reflected",
    breaks: "An unknown route gets a page that repeats the address as markup.",
    rule: "disclosure/markup-reflected",
    note: "reflected",
    also: ["envelope/not-json"],
    row: null,
    place: body(),
    provokedBy: "markup in path",
    ...onWire("unknown-route", (wire, { call }) => ({
      ...wire,
      text: `<!doctype html><html><body><p>There is no ${call.path.at(-1)} here.</p></body></html>`,
      headers: withField(wire.headers, "Content-Type", "text/html"),
    })),
  },
  {
    name: "crash-on-bad-json",
    breaks: "A body that is no JSON makes the server stumble.",
    rule: "disclosure/crashed-on-bad-input",
    note: "bad-json",
    row: "server-error",
    place: status,
    provokedBy: "bad JSON",
    ...onRow("invalid-request", () => refusals.serverError()),
  },
];
