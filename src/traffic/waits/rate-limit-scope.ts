import type { Contract } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import { shortened } from "../shortened.ts";

/** Whose requests the contract's rate limit counts together; undefined where the account is not known, or no limit is declared. */
export function rateLimitScope(contract: Contract, exchange: Exchange): string | undefined {
  if (contract.rateLimit === undefined) return undefined;
  const server = shortened(exchange.request.server);
  switch (contract.rateLimit.per) {
    case "server":
    case "ip": // One capture is one client's.
      return server;
    case "route":
      return exchange.account && `${server}\n${exchange.account.id}\n${contract.operationsOf(exchange.request)[0]?.name ?? "other"}`;
    default:
      return exchange.account && `${server}\n${exchange.account.id}`;
  }
}
