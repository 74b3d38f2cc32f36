import { createRequire } from "node:module";
import type * as Ajv from "ajv/dist/2020.js";
import type { FormatsPlugin } from "ajv-formats";
import type FastGlob from "fast-glob";
import type XmlBuilder from "fast-xml-builder";
import type * as Re2 from "re2js";
import type * as Yaml from "yaml";

let made: NodeJS.Require | undefined;
const byNode = (id: string) => {
  made ??= createRequire(import.meta.url);
  return made(id);
};

/**
 * Libraries that are loaded when first used: most audits of the built-in contract never compile a schema or write XML,
 * and loading all of them costs more than a small audit. `require`, because judging is not asynchronous.
 */
export const lazily = {
  ajv: (): typeof Ajv => byNode("ajv/dist/2020.js"),
  formats: (): FormatsPlugin => byNode("ajv-formats").default,
  glob: (): typeof FastGlob => byNode("fast-glob"),
  re2: (): typeof Re2 => byNode("re2js"),
  xmlBuilder: (): typeof XmlBuilder => byNode("fast-xml-builder").default,
  yaml: (): typeof Yaml => byNode("yaml"),
};
