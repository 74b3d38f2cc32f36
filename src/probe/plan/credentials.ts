import type { Contract, Credential } from "../../model/contract.ts";
import { makeFaultList } from "../../yaml-source/fault-list.ts";
import { nameCredential } from "./check-accounts.ts";
import type { Plan } from "./plan.ts";
import { PlanError } from "./plan-error.ts";

/** Credential values by account, in the order in which the contract declares them. Kept in memory only. */
export type Credentials = ReadonlyMap<string, readonly string[]>;

/**
 * Takes the credentials of a plan's accounts out of the environment.
 *
 * @throws PlanError which names variables, and never what they hold
 */
export function readCredentials(plan: Plan, contract: Contract, env: Readonly<Record<string, string | undefined>>): Credentials {
  const faults = makeFaultList();
  const credentials = new Map<string, readonly string[]>();
  const variableOf = new Map<string, string>();
  for (const { name, variables, source } of plan.accounts) {
    const values = variables.map((variable, index) => {
      const value = env[variable] ?? "";
      const credential = contract.authentication.credentials[index];
      const known = variableOf.get(value);
      const problem = credential === undefined ? undefined : problemOf(value, credential, env[variable] === undefined);
      const tell = (message: string, advice?: string) =>
        faults.tell({ at: source, path: ["accounts", name], message, ...(advice === undefined ? {} : { advice }) });
      if (problem !== undefined) tell(`the environment variable ${variable} ${problem.message}`, problem.advice);
      else if (known !== undefined)
        tell(`the environment variables ${known} and ${variable} hold the same`, "two accounts with one credential are one account");
      else variableOf.set(value, variable);
      return value;
    });
    credentials.set(name, values);
  }
  if (!faults.isEmpty) throw new PlanError(faults.sorted());
  return credentials;
}

interface Problem {
  readonly message: string;
  readonly advice?: string;
}

/** Why a variable's value cannot be a credential. */
function problemOf(value: string, credential: Credential, isUnset: boolean): Problem | undefined {
  if (isUnset) return { message: "is not set", advice: `it is to hold the value of ${nameCredential(credential)}` };
  if (value.trim() === "") return { message: "is empty" };
  if (/[\r\n]/.test(value)) return { message: "holds a line break", advice: "a credential is one line" };
  if (value !== value.trim()) return { message: "begins or ends with a space" };
  if ("header" in credential) return problemOfHeader(value, credential.header);
  if ("cookie" in credential) return problemOfCookie(value, credential.cookie);
  return value.startsWith(`${credential.query}=`)
    ? { message: "holds the parameter's name as well", advice: "the value alone" }
    : undefined;
}

function problemOfHeader(value: string, header: string): Problem | undefined {
  if (value.toLowerCase().startsWith(`${header.toLowerCase()}:`))
    return { message: `holds the name ${header} as well`, advice: "the value of the field alone" };
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) return { message: "holds characters that no header field can have" };
  if (header.toLowerCase() !== "authorization") return undefined;
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ +\S/.test(value)
    ? undefined
    : { message: "holds no scheme and credential", advice: "it is to hold the whole value of the field, such as Bearer …" };
}

function problemOfCookie(value: string, cookie: string): Problem | undefined {
  if (value.startsWith(`${cookie}=`)) return { message: "holds the cookie's name as well", advice: "the value alone" };
  return /[^\x21-\x7e]|[",;\\]/.test(value) ? { message: "holds characters that no cookie's value can have" } : undefined;
}
