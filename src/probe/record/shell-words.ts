import { Disguise, disguiseText } from "../../recording/disguise.ts";
import { formsOf } from "../../recording/secret-forms.ts";
import { secretParts } from "../../recording/secret-parts.ts";
import type { PlannedAccount } from "../plan/plan.ts";

/** Texts as words of a POSIX shell. */
export interface ShellWords {
  /** The word that stands for a text: credentials are variables in it, and the shell sees nothing else in it. */
  quote(text: string): string;
}

/** An account and its environment variables. */
export type NamedAccount = Pick<PlannedAccount, "name" | "variables">;

/** No secret of these accounts comes into a word: its variable does, and a token for what is a part of one only. */
export function shellWords(accounts: readonly NamedAccount[], credentials: ReadonlyMap<string, readonly string[]>): ShellWords {
  const variables = new Map<string, string>();
  for (const { name, variables: names } of accounts)
    for (const [index, value] of (credentials.get(name) ?? []).entries()) {
      const variable = names[index];
      if (variable !== undefined && value !== "" && !variables.has(value)) variables.set(value, variable);
    }
  const values = [...variables.keys()].sort((a, b) => b.length - a.length);
  const disguise = new Disguise(
    [...credentials].flatMap(([name, own]) =>
      own.flatMap((value) =>
        [...secretParts(value, false), ...secretParts(value, true)].flatMap((part) => formsOf(part, `<account:${name}>`)),
      ),
    ),
  );
  const cut = (text: string): readonly Part[] => {
    const value = values.find((each) => text.includes(each));
    if (value === undefined) return text === "" ? [] : [{ literal: disguiseText(text, [disguise]) }];
    const at = text.indexOf(value);
    return [...cut(text.slice(0, at)), { variable: variables.get(value) as string }, ...cut(text.slice(at + value.length))];
  };
  return { quote: (text) => join(cut(text)) };
}

type Part = { readonly literal: string } | { readonly variable: string };

/** `"Authorization: $KEY"` where that is read as it is written; otherwise `'…'"$KEY"'…'`. */
function join(parts: readonly Part[]): string {
  const hasVariable = parts.some((part) => "variable" in part);
  const isSafe = parts.every((part) => "variable" in part || /^[\w :;=.,/&?-]+$/.test(part.literal));
  if (hasVariable && isSafe && !parts.some((part, index) => "literal" in part && index > 0 && /^\w/.test(part.literal)))
    return `"${parts.map((part) => ("variable" in part ? `$${part.variable}` : part.literal)).join("")}"`;
  return parts.map((part) => ("variable" in part ? `"$${part.variable}"` : quoteLiteral(part.literal))).join("") || "''";
}

/** In single quotes a shell reads nothing at all. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
