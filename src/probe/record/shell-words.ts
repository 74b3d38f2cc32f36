import type { PlannedAccount } from "../plan/plan.ts";
import { disguiseText } from "./disguise.ts";
import { formsOf } from "./secret-forms.ts";
import { secretParts } from "./secret-parts.ts";

/** Texts as words of a POSIX shell. */
export interface ShellWords {
  /** The word that stands for a text: credentials are variables in it, and the shell sees nothing else in it. */
  quote(text: string): string;
}

/** No secret of these accounts comes into a word: its variable does, and a token for what is a part of one only. */
export function shellWords(accounts: readonly PlannedAccount[], credentials: ReadonlyMap<string, readonly string[]>): ShellWords {
  const variables = new Map<string, string>();
  for (const { name, variables: names } of accounts)
    for (const [index, value] of (credentials.get(name) ?? []).entries()) {
      const variable = names[index];
      if (variable !== undefined && value !== "" && !variables.has(value)) variables.set(value, variable);
    }
  const values = [...variables.keys()].sort((a, b) => b.length - a.length);
  const forms = [...credentials].flatMap(([name, own]) =>
    own.flatMap((value) => secretParts(value).flatMap((part) => formsOf(part, `<account:${name}>`))),
  );
  const quote = (text: string): string => {
    const value = values.find((each) => text.includes(each));
    if (value === undefined) return text === "" ? "" : quoteLiteral(disguiseText(text, forms));
    const at = text.indexOf(value);
    return `${quote(text.slice(0, at))}"$${variables.get(value)}"${quote(text.slice(at + value.length))}`;
  };
  return { quote: (text) => quote(text) || "''" };
}

/** In single quotes a shell reads nothing at all. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
