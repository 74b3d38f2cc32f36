import type { Response } from "../model/exchange.ts";
import { isObject, type Json, type JsonObject } from "../model/json.ts";

/** The maker of an error body that no handler of the API wrote. */
export interface FrameworkDefault {
  readonly framework: string;
  /** How to make that framework send the contract's envelope. */
  readonly advice: string;
}

interface Known extends FrameworkDefault {
  readonly wrote: (body: JsonObject, members: readonly string[]) => boolean;
}

interface KnownText extends FrameworkDefault {
  readonly wrote: (text: string) => boolean;
}

const restFramework =
  /^(?:Not found\.|Authentication credentials were not provided\.|Invalid token\.|You do not have permission to perform this action\.|Method "[A-Z]+" not allowed\.|Request was throttled\..*)$/;

const jsonDefaults: readonly Known[] = [
  {
    framework: "Django REST framework",
    advice: "Set EXCEPTION_HANDLER in REST_FRAMEWORK to a function that writes the envelope.",
    wrote: ({ detail }, members) => members.length === 1 && typeof detail === "string" && restFramework.test(detail),
  },
  {
    framework: "FastAPI",
    advice: "Register exception handlers for starlette's HTTPException and for RequestValidationError that write the envelope.",
    wrote: ({ detail }, members) =>
      members.length === 1 &&
      (typeof detail === "string" || (Array.isArray(detail) && detail.every((item) => hasMembers(item, "loc", "msg")))),
  },
  {
    framework: "Spring Boot",
    advice: "Write the envelope in a @RestControllerAdvice, and replace BasicErrorController for what never reaches a controller.",
    wrote: (body) => hasMembers(body, "timestamp", "status", "error", "path"),
  },
  {
    framework: "Fastify or NestJS",
    advice: "Write the envelope in setErrorHandler and setNotFoundHandler (Fastify), or in a global exception filter (NestJS).",
    wrote: (body) => typeof body.statusCode === "number" && hasMembers(body, "message"),
  },
  {
    framework: "Rails",
    advice: "Set config.exceptions_app to an application that writes the envelope, or rescue_from in the base controller.",
    wrote: ({ status, error }, members) =>
      typeof status === "number" && typeof error === "string" && (members.length === 2 || members.includes("traces")),
  },
  {
    framework: "Laravel",
    advice: "Render exceptions as the envelope in withExceptions, in bootstrap/app.php.",
    wrote: (body, members) =>
      hasMembers(body, "message", "exception", "trace") ||
      (members.length === 2 && typeof body.message === "string" && isObject(body.errors)),
  },
  {
    framework: "ASP.NET Core",
    advice: "Write the envelope in an IExceptionHandler, in UseStatusCodePages and in InvalidModelStateResponseFactory.",
    wrote: (body) => hasMembers(body, "title", "status", "traceId"),
  },
];

const textDefaults: readonly KnownText[] = [
  {
    framework: "Express",
    advice: "Add a last route that answers every unknown path, and an error handler with four parameters after all routes.",
    wrote: (text) => /<pre>Cannot [A-Z]+ \//.test(text) || (text.includes("<title>Error</title>") && text.includes("<pre>")),
  },
  {
    framework: "Flask (Werkzeug)",
    advice: "Register an errorhandler for HTTPException and one for Exception that write the envelope.",
    wrote: (text) => /<title>(\d{3}) [^<]+<\/title>\s*<h1>[^<]+<\/h1>\s*<p>/.test(text) && !/<body/i.test(text),
  },
  {
    framework: "Django",
    advice:
      "Set handler400, handler403, handler404 and handler500 in the root URLconf to views that write the envelope, and DEBUG to False.",
    wrote: (text) =>
      text.includes("The requested resource was not found on this server.") ||
      text.includes("<h1>Server Error (500)</h1>") ||
      text.includes("<code>DEBUG = True</code>"),
  },
  {
    framework: "Spring Boot",
    advice: "Write the envelope in a @RestControllerAdvice, and set server.error.whitelabel.enabled to false.",
    wrote: (text) => text.includes("Whitelabel Error Page"),
  },
  {
    framework: "Tomcat",
    advice: "Give the server an error page, or an ErrorReportValve, that writes the envelope.",
    wrote: (text) => /<h1>HTTP Status \d{3}/.test(text),
  },
  {
    framework: "Rails",
    advice: "Set config.exceptions_app to an application that writes the envelope.",
    wrote: (text) => text.includes("The page you were looking for doesn't exist") || text.includes("We're sorry, but something went wrong"),
  },
  {
    framework: "Go's net/http",
    advice: 'Register a handler for "/" that writes the envelope, and call it where http.Error is called now.',
    wrote: (text) => text.trim() === "404 page not found",
  },
  {
    framework: "Hono",
    advice: "Write the envelope in app.notFound and app.onError.",
    wrote: (text) => text.trim() === "404 Not Found",
  },
  {
    framework: "Starlette or Hono",
    advice: "Add a handler for every exception that writes the envelope: exception_handler(Exception) in Starlette, app.onError in Hono.",
    wrote: (text) => text.trim() === "Internal Server Error",
  },
];

/** The framework whose own error body this is, by its shape; undefined where it is none that is known. */
export function frameworkDefault({ body }: Response): FrameworkDefault | undefined {
  if (body.state !== "present") return undefined;
  const parsed = body.json();
  if (!parsed.ok) {
    const text = body.text().slice(0, 20_000);
    return textDefaults.find(({ wrote }) => wrote(text));
  }
  const value = parsed.value;
  if (!isObject(value)) return undefined;
  const members = Object.keys(value);
  return jsonDefaults.find(({ wrote }) => wrote(value, members));
}

function hasMembers(value: Json, ...names: string[]): boolean {
  return isObject(value) && names.every((name) => Object.hasOwn(value, name));
}
