import type { Ajv2020, ErrorObject as AjvError, CodeOptions, ValidateFunction } from "ajv/dist/2020.js";
import type { Json } from "../model/json.ts";
import { lazily } from "./lazily.ts";
import { makePattern } from "./pattern.ts";
import { uniqueItems } from "./unique-items.ts";

export type { AjvError };

/** What a contract file holds where a JSON Schema is expected. */
export type SchemaSource = boolean | { readonly [keyword: string]: unknown };

/** A JSON Schema (2020-12) of a contract, compiled when first used. */
export interface JsonSchema {
  accepts(value: Json | undefined): boolean;
  /** Everything that is wrong with a value. */
  errorsOf(value: Json): readonly AjvError[];
}

let shared: Ajv2020 | undefined;

export function schemaCompiler(): Ajv2020 {
  shared ??= makeCompiler();
  return shared;
}

/**
 * ajv as contracts use it: patterns and uniqueItems in linear time, formats asserted by their short patterns, no meta-schema unless asked for.
 *
 * @param code What the code it makes is to be, where that is kept
 */
export function makeCompiler(code: CodeOptions = {}): Ajv2020 {
  const ajv = lazily.ajv();
  // ajv keeps one compiled pattern for each toString(), as it would of a RegExp.
  const engine = Object.assign((source: string) => ({ ...makePattern(source), toString: () => source }), { code: "" });
  const compiler = new ajv.Ajv2020({
    allErrors: true,
    strict: false,
    // Faults of contract files are told with what the schema says of the place.
    verbose: true,
    validateSchema: false,
    logger: false,
    code: { regExp: engine, ...code },
  });
  // The full patterns of some formats are not linear.
  lazily.formats()(compiler, { mode: "fast" });
  return compiler.removeKeyword("uniqueItems").addKeyword(uniqueItems(ajv));
}

/** Compiles a schema and lets ajv forget it again: it would keep every schema it ever saw. */
export function compileSchema(source: object): ValidateFunction {
  const ajv = schemaCompiler();
  try {
    return ajv.compile(source);
  } finally {
    ajv.removeSchema(source);
  }
}

/** A boolean schema costs nothing; any other loads ajv at its first use. */
export function makeSchema(source: SchemaSource): JsonSchema {
  if (source === true) return { accepts: (value) => value !== undefined, errorsOf: () => [] };
  let judge: ((value: Json) => readonly AjvError[]) | undefined;
  const errorsOf = (value: Json) => {
    judge ??= makeJudge(source);
    return judge(value);
  };
  return { accepts: (value) => value !== undefined && errorsOf(value).length === 0, errorsOf };
}

function makeJudge(source: SchemaSource): (value: Json) => readonly AjvError[] {
  const validate = compileSchema(source as object);
  // It may refer to itself, and so go down as deep as a value does.
  const follows = JSON.stringify(source).includes('"$ref"');
  return (value) => {
    if (follows && isDeeperThan(deepest, value)) return [tooDeep];
    try {
      return validate(value) ? [] : [...(validate.errors ?? [])];
    } catch (error) {
      if (error instanceof RangeError) return [tooDeep];
      throw error;
    }
  };
}

/** Deeper than any error body, and far from the end of the stack: there an overflow is not all, a regular expression that is compiled ends the process. */
const deepest = 256;

const tooDeep: AjvError = {
  keyword: "depth",
  instancePath: "",
  schemaPath: "#",
  params: { limit: deepest },
  message: "is nested too deep to be judged",
};

function isDeeperThan(levels: number, value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return false;
}
