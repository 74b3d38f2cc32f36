import { createHash } from "node:crypto";

/**
 * The page's content security policy: it runs this one script and wears this one style, known by their hashes, and loads nothing at all.
 * Trusted types are a second lock: where a browser has them, no text can be made into markup, by whatever mistake.
 */
export function policyOf({ script, style }: { readonly script: string; readonly style: string }): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
