import type { Contract } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import { shortened } from "../shortened.ts";

/** Whose requests the contract's rate limit counts together; undefined where the account is not known, or no limit is declared. */
export function rateLimitScope(contract: Contract, exchange: Exchange): string | undefined {
  if (contract.rateLimit === undefined) return undefined;
  const { account, request } = exchange;
  switch (contract.rateLimit.per) {
    case "server":
    case "ip": // One capture is one client's.
      return shortened(request.server);
    case "route":
      return account && `${shortened(request.server)}\n${account.id}\n${contract.operationsOf(request)[0]?.name ?? "other"}`;
    default:
      return account && scopeOf(request.server, account.id);
  }
}

/** Accounts whose scopes are known at once. */
const most = 1_000;

/** Mostly one server is asked, and every rule of the family asks by whom: the same text is found faster than one that is equal. */
let known = { server: "", scopes: new Map<string, string>() };

function scopeOf(server: string, account: string): string {
  if (known.server !== server || known.scopes.size >= most) known = { server, scopes: new Map() };
  let scope = known.scopes.get(account);
  if (scope === undefined) {
    scope = `${shortened(server)}\n${account}`;
    known.scopes.set(account, scope);
  }
  return scope;
}
