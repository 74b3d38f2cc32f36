import type { Exchange } from "../../model/exchange.ts";
import { sortQuery } from "../request-fingerprint.ts";
import { shortened } from "../shortened.ts";
import { TextSum } from "../text-sum.ts";

/** Who asks, and what their targets have in common. */
interface Asker {
  /** Whose requests may remove the cause of each other's errors: one account's, or those without one at one server. */
  readonly client: string;
  readonly server: string;
  readonly method: string;
  readonly sum: TextSum;
}

/** Askers known at once. */
const most = 1_000;

/** By account, or by server where none is known: mostly one asks the same server by the same method again. */
const askers = new Map<string, Asker>();

/** Stands for who asks what of whom. One is made for every exchange there is, so that a text would cost too much. */
export function targetOf({ account, request }: Exchange): { readonly client: string; readonly key: number } {
  const { server, method, path, query } = request;
  const whose = account?.id ?? server;
  let asker = askers.get(whose);
  if (asker === undefined || asker.server !== server || asker.method !== method) {
    const client = account === undefined ? `server ${shortened(server)}` : `account ${account.id}`;
    asker = { client, server, method, sum: new TextSum().add(client).add(server).add(method) };
    if (askers.size >= most) askers.clear();
    askers.set(whose, asker);
  }
  const sum = new TextSum().copyOf(asker.sum).add(path);
  return { client: asker.client, key: sum.add(query.includes("&") ? sortQuery(query) : query).value };
}
