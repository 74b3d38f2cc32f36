// Holds each answer of the API against the schema that the description has for its operation and status.
import { readFileSync } from "node:fs";
import validatorModule from "openapi-response-validator";

// A module of CommonJS whose default export is a member.
const Validator = validatorModule.default;
const { servers, paths, components } = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8"));

const operations = Object.entries(paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, { responses }]) => ({
    method: method.toUpperCase(),
    path: new RegExp(`^${new URL(servers[0].url).pathname}${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
    validator: new Validator({ responses, components }),
  })),
);

let errors = 0;
let invalid = 0;
for (const { request, response } of JSON.parse(readFileSync(process.argv[2], "utf8")).log.entries) {
  const isError = response.status >= 400;
  const url = new URL(request.url);
  if (url.origin === new URL(servers[0].url).origin) {
    const body = JSON.parse(response.content.text);
    const operation = operations.find(({ method, path }) => method === request.method && path.test(url.pathname));
    if (operation?.validator.validateResponse(response.status, body) !== undefined) invalid++;
  }
  if (isError) errors++;
}
console.log(JSON.stringify({ errors, invalid }));
