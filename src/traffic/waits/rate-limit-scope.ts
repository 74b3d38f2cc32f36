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

/** Mostly the same one asks the same server again, and every rule of the family asks whose it is. */
let last = { server: "", account: "", scope: "" };

function scopeOf(server: string, account: string): string {
  if (last.server !== server || last.account !== account) last = { server, account, scope: `${shortened(server)}\n${account}` };
  return last.scope;
}
