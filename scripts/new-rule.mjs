// `npm run new:rule -- family/name`: writes the rule, its page, and its line in the family's list, for their words to be filled in.
// Plain JavaScript, since Node 20 runs no TypeScript.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../rules/${path}`, import.meta.url));

/**
 * The files of a new rule, each with its text.
 * @param {string} id
 * @param {string} list The family's index.ts.
 */
export function makeRule(id, list) {
  const [family = "", name = ""] = id.split("/");
  const constant = camel(name);
  return {
    [`${family}/${name}.ts`]: ruleText(id, constant),
    [`${family}/${name}.md`]: pageText(id),
    [`${family}/index.ts`]: addLine(list, constant, name),
  };
}

/** @param {string} name */
function camel(name) {
  return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/**
 * @param {string} id
 * @param {string} constant
 */
function ruleText(id, constant) {
  return `import { messages, type Rule } from "../../src/model/rule.ts";

const say = messages({
  teapot: (status: number) => \`The \${status} came from a teapot.\`,
});

export const ${constant}: Rule = {
  id: "${id}",
  summary: "what a finding says, in a few words",
  severity: "warning",
  needs: "exchange",
  advice: "What to do about it.",
  watch({ tell }) {
    return {
      error(answer) {
        const { status } = answer.exchange.response;
        if (status !== 418) return;
        tell({ on: answer, say: say.teapot(status), place: { kind: "status" }, expected: "coffee", found: String(status) });
      },
    };
  },
};
`;
}

/** @param {string} id */
function pageText(id) {
  return `# ${id}

what a finding says, in a few words

## Why

What breaks for a client.

## Bad

\`\`\`http
GET /v1/courses/crs_1 HTTP/1.1
Authorization: Bearer alice

HTTP/1.1 418 I'm a teapot
Content-Type: application/json

{"detail": {"error": {"type": "server_error", "message": "Short and stout."}}}
\`\`\`

> The 418 came from a teapot.

## Good

\`\`\`http
GET /v1/courses/crs_1 HTTP/1.1
Authorization: Bearer alice

HTTP/1.1 500 Internal Server Error
Content-Type: application/json

{"detail": {"error": {"type": "server_error", "message": "Something went wrong."}}}
\`\`\`

## Contract

The lines of the contract that drive it.

## Source

The contract, or the section of an RFC.
`;
}

/**
 * A family's list with one rule more: its import in the order of names, its name at the end.
 * @param {string} list
 * @param {string} constant
 * @param {string} name
 */
function addLine(list, constant, name) {
  const lines = list.split("\n");
  const line = `import { ${constant} } from "./${name}.ts";`;
  const imports = lines.filter((other) => other.startsWith("import {") && other.includes('"./'));
  const after = imports.filter((other) => other < line).at(-1) ?? lines.find((other) => other.startsWith("import ")) ?? "";
  lines.splice(lines.indexOf(after) + 1, 0, line);
  return lines
    .join("\n")
    .replace(/,?\s*\];\s*$/, (end) => `${list.includes("= [];") ? "" : ", "}${constant}];\n${end.includes("];") ? "" : end}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [id = ""] = process.argv.slice(2);
  const family = id.split("/")[0] ?? "";
  if (!/^[a-z][a-z-]*\/[a-z][a-z0-9-]*$/.test(id)) fail("Give the rule's id: npm run new:rule -- rate-limit/reset-in-the-past");
  if (!existsSync(at(`${family}/index.ts`)))
    fail(`There is no family ${family}: make rules/${family}/index.ts, and list it in rules/index.ts.`);
  if (existsSync(at(`${id}.ts`))) fail(`There is a rule ${id} already.`);
  for (const [path, text] of Object.entries(makeRule(id, readFileSync(at(`${family}/index.ts`), "utf8")))) writeFileSync(at(path), text);
  console.log(`rules/${id}.ts and rules/${id}.md are there; fill in their words. Then: npm run format && npm test`);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exit(1);
}
