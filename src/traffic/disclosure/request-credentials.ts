import type { Credential } from "../../model/contract.ts";
import type { Request } from "../../model/exchange.ts";
import { base64Texts } from "../../syntax/base64-text.ts";
import { encodePercent } from "../../syntax/percent-encoding.ts";
import { isPlaceholder } from "../../syntax/placeholder.ts";
import { searchBudget } from "./search-budget.ts";

/** A secret that a request carries. Its value is never to be told. */
export interface CarriedSecret {
  /** Where it stands, for people: "the Authorization field". */
  readonly where: string;
  /** The value, as it is and as it stands in a URL; of a long one the beginning. */
  readonly forms: readonly string[];
  /** True: the value is what the field's base64 stands for. */
  readonly isDecoded: boolean;
}

/** Fewer characters may stand in an answer by chance. */
const shortest = 8;
/** What a recording of probes writes for an account's secret, in the request and wherever the answer repeats it. */
const recorded = /^<account:[^<>]{1,100}>$/;
/** Cookies that keep a session; others hold languages and names, and a CSRF token is there to be repeated. */
const sessionCookie = /(?:^|[^a-z])(?:session|sess|sid|auth|token|jwt|remember|secret|api[_-]?key)|sessid|sessionid/i;
const csrfCookie = /csrf|xsrf/i;

/** The declared credentials of a request, its Authorization, and the cookies of its session: what is long and odd enough to be known again. */
export function credentialsIn(request: Request, declared: readonly Credential[]): CarriedSecret[] {
  const found: CarriedSecret[] = [];
  const take = searchBudget();
  const add = (where: string, value: string, isDecoded = false) => {
    if (value.length < shortest || (isPlaceholder(value) && !recorded.test(value))) return;
    const forms = [...new Set([value, encodePercent(value)])].map(take).filter((form) => form !== undefined);
    if (forms.length > 0) found.push({ where, forms, isDecoded });
  };
  const headers = new Set(["authorization", ...declared.flatMap((each) => ("header" in each ? [each.header.toLowerCase()] : []))]);
  for (const [name, field] of request.headers.lines()) {
    if (headers.has(name.toLowerCase())) {
      const token = tokenOf(field);
      add(`${name} field`, token);
      for (const text of base64Texts(token)) add(`${name} field`, text, true);
    } else if (name.toLowerCase() === "cookie") {
      for (const [cookie, value] of cookiesOf(field))
        if (declared.some((each) => "cookie" in each && each.cookie === cookie) || isOfSession(cookie)) add(`cookie ${cookie}`, value);
    }
  }
  for (const each of declared)
    if ("query" in each)
      for (const value of new URLSearchParams(request.query).getAll(each.query)) add(`query parameter ${each.query}`, value);
  return found;
}

/** A field's credential without its scheme; "" where it is a list of parameters, of which none is a secret. */
function tokenOf(field: string): string {
  const value = field.replace(/^[a-z][\w-]*\s+/i, "");
  return /[\s,"]/.test(value) ? "" : value;
}

function cookiesOf(field: string): [name: string, value: string][] {
  return field.split(";").map((pair) => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
  });
}

function isOfSession(cookie: string): boolean {
  return sessionCookie.test(cookie) && !csrfCookie.test(cookie);
}
