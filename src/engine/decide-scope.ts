import type { ServerSeen } from "../model/report.ts";
import type { ScopeTally, ServerTally } from "./gathered.ts";

/** Servers out of scope that a report lists. */
const listed = 20;

/** What several passes have learnt of servers, as if it had been one. */
export function addScopes(tallies: readonly ScopeTally[]): ScopeTally {
  const servers = new Map<string, ServerTally>();
  for (const tally of tallies)
    for (const [server, one] of tally.servers) {
      const known = servers.get(server);
      servers.set(server, known === undefined ? one : add(known, one));
    }
  return {
    servers: [...servers],
    overflown: tallies.some(({ overflown }) => overflown),
    beyond: tallies.reduce((sum, { beyond }) => sum + beyond, 0),
  };
}

function add(a: ServerTally, b: ServerTally): ServerTally {
  return {
    exchanges: a.exchanges + b.exchanges,
    errors: a.errors + b.errors,
    outside: a.outside + b.outside,
    outsideErrors: a.outsideErrors + b.outsideErrors,
    speaksContract: a.speaksContract || b.speaksContract,
    servesOperation: a.servesOperation || b.servesOperation,
  };
}

/** The servers in scope. `isGiven`: the user or the contract named them, and others were left out while reading. */
export function decideScope({ servers }: ScopeTally, isGiven: boolean): ReadonlySet<string> {
  const names = (test: (tally: ServerTally) => boolean) => new Set(servers.filter(([, tally]) => test(tally)).map(([name]) => name));
  if (isGiven) return names((tally) => tally.exchanges > 0);
  const speaking = names((tally) => tally.speaksContract);
  return speaking.size > 0 ? speaking : names((tally) => tally.servesOperation);
}

/** What was in scope and what was not, for the report. `outside`: exchanges. */
export function summariseScope(
  { servers, beyond }: ScopeTally,
  inScope: ReadonlySet<string>,
): { inScope: ServerSeen[]; outOfScope: ServerSeen[]; outside: number } {
  const inside: ServerSeen[] = [];
  const out: ServerSeen[] = [];
  for (const [server, tally] of servers) {
    if (inScope.has(server)) inside.push({ server, exchanges: tally.exchanges, errors: tally.errors });
    const exchanges = tally.outside + (inScope.has(server) ? 0 : tally.exchanges);
    if (exchanges > 0) out.push({ server, exchanges, errors: tally.outsideErrors + (inScope.has(server) ? 0 : tally.errors) });
  }
  const outside = out.reduce((sum, seen) => sum + seen.exchanges, beyond);
  const outOfScope = foldRest(sortSeen(out));
  if (beyond > 0) outOfScope.push({ server: "others (not told apart)", exchanges: beyond, errors: 0 });
  return { inScope: sortSeen(inside), outOfScope, outside };
}

function sortSeen(seen: ServerSeen[]): ServerSeen[] {
  return seen.sort((a, b) => b.exchanges - a.exchanges || (a.server < b.server ? -1 : 1));
}

function foldRest(seen: ServerSeen[]): ServerSeen[] {
  if (seen.length <= listed) return seen;
  const rest = seen.slice(listed);
  const sum = (part: "exchanges" | "errors") => rest.reduce((total, one) => total + one[part], 0);
  return [...seen.slice(0, listed), { server: `others (${rest.length})`, exchanges: sum("exchanges"), errors: sum("errors") }];
}
