import type { Request } from "../../model/exchange.ts";
import { shortened } from "../shortened.ts";
import type { Attempt } from "./attempt.ts";

/** Statuses of which the cause may lie with somebody else: who asks, what there is, what state it is in. */
const aboutOthers: ReadonlySet<number> = new Set([401, 402, 403, 404, 409, 410, 412, 423, 424]);

/** Words in the path of a request by which somebody logs in, proves who it is, or takes a new token, on whatever server. */
const loginWord =
  /(?:^|[/._-])(?:log-?in|sign-?in|sessions?|tokens?|oauth2?|auth|authori[sz]e|authenticate|sso|saml|mfa|2fa|otp|totp|verify|refresh|consent|captcha)(?=$|[/._-])/i;

/** Paths are looked at so far. */
const longest = 1_000;

/** For whom a change of state may remove the cause of an error, besides the client that made it. */
export function concernedBy({ server, path, method }: Pick<Request, "server" | "path" | "method">): string[] {
  const isLogin = method === "POST" && loginWord.test(path.slice(0, longest));
  return [everybodyOn(server), ...(isLogin ? [everybody] : [])];
}

/** Whose changes, besides the client's own, may have removed the cause of this error. */
export function mayBeHelpedBy({ status, outcome }: Pick<Attempt, "status" | "outcome">, server: string): string[] {
  return outcome === "error" && aboutOthers.has(status) ? anybody(server) : [];
}

/** Who is not the client itself. */
export function anybody(server: string): string[] {
  return [everybodyOn(server), everybody];
}

const everybody = "logins";

function everybodyOn(server: string): string {
  return `all on ${shortened(server)}`;
}
