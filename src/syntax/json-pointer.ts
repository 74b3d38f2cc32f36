import type { Json } from "../model/json.ts";
import { remembered } from "./remembered.ts";

/** The value a JSON Pointer (RFC 6901) leads to; undefined where it leads nowhere. Own members only. */
export function resolvePointer(root: Json | undefined, pointer: string): Json | undefined {
  return followTokens(root, splitPointer(pointer));
}

/** The same for a pointer that was split beforehand, where many values are asked for one place. */
export function followTokens(root: Json | undefined, tokens: readonly string[]): Json | undefined {
  let value: Json | undefined = root;
  for (const token of tokens) {
    if (Array.isArray(value)) value = /^(?:0|[1-9][0-9]*)$/.test(token) ? value[Number(token)] : undefined;
    else if (typeof value === "object" && value !== null && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}

/** `/a~1b/0` -> ["a/b", "0"]; "" -> []. */
export const splitPointer = remembered((pointer): readonly string[] =>
  pointer === ""
    ? []
    : pointer
        .slice(1)
        .split("/")
        .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~")),
);

/** Adds member names or indices to a pointer. */
export function appendPointer(pointer: string, ...tokens: (string | number)[]): string {
  let longer = pointer;
  for (const token of tokens) {
    const text = String(token);
    longer += `/${/[~/]/.test(text) ? text.replaceAll("~", "~0").replaceAll("/", "~1") : text}`;
  }
  return longer;
}
