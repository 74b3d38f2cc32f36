import type { SecretShape } from "../syntax/secret-shape.ts";
import { secretShapes } from "../syntax/secret-shapes.ts";

/** How far before a find a shape may begin: the scheme of a connection string. */
const before = 20;
/** What a recording writes in place of a secret, also within a URL, and as a JSON string. */
const ownToken = /^(?:\\*")?(?:<|%3c)(?:account|masked|cookie)(?::|%3a)[\w-]+(?:>|%3e)(?:\\*")?$/i;

/** How `maskShapes` goes about it. */
export interface Masking {
  /** True: a leak is to be seen as one. A made-up secret of the same kind stands in the place of a real one. */
  readonly isTold?: boolean;
  /** Those looked for [all]. */
  readonly shapes?: readonly SecretShape[];
}

/**
 * Takes whatever looks like a secret out of a text, known or not.
 *
 * @param tokenOf What stands for a secret that is not told; asked with the shape that shows it, and with what the shape keeps of it.
 */
export function maskShapes(
  text: string,
  tokenOf: (secret: string, shape: SecretShape, kept: string) => string,
  { isTold = false, shapes = secretShapes }: Masking = {},
): string {
  let clean = text;
  for (const shape of shapes) {
    const { wide, whole, keeps = "", example } = shape;
    const made = isTold && whole !== undefined ? example.join("").match(wide)?.[0] : undefined;
    clean = clean.replace(wide, (match: string, ...more: unknown[]) => {
      const at = more.findIndex((part) => typeof part === "number");
      const offset = more[at] as number;
      const kept = keeps.replace(/\$(\d)/g, (_, index: string) => String(more[Number(index) - 1] ?? ""));
      const secret = match.slice(kept.length);
      if (ownToken.test(secret) || examples.has(match) || examples.has(secret)) return match;
      if (made !== undefined && whole?.test(clean.slice(Math.max(0, offset - before), offset + match.length + 1).replaceAll("\\n", "\n")))
        return match.includes("\n") ? made : made.replaceAll("\n", "\\n");
      const token = tokenOf(secret, shape, kept);
      if (!shape.isBare) return kept + token;
      const quote = /(\\*")\s*:[\s[]*$/.exec(kept)?.[1] ?? '"';
      return `${kept}${quote}${token}${quote}`;
    });
  }
  return clean;
}

/** Made up, and so no secret's. */
const examples: ReadonlySet<string> = new Set(
  secretShapes
    .flatMap(({ wide, whole, example }) => (whole === undefined ? [] : [...(example.join("").match(wide) ?? [])]))
    .flatMap((made) => [made, made.replaceAll("\n", "\\n")]),
);
