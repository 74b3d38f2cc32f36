import type { Fault, LiveFault } from "../server/fault.ts";
import type { LiveEntry, LiveOptions } from "./probe-live.ts";

/** What a live run needs, beside the example's plan, for a fault to show. */
export type Staging = LiveOptions | { readonly unreachable: string };

/** How a fault is brought before the probe; or why it cannot be. */
export function stage({ name, provokedBy, contract = "", rule, policy }: Fault | LiveFault): Staging {
  const run = { allowWrites: true, promises: contract };
  if (policy?.foreignDelay !== undefined) return { unreachable: "time is told apart by a bench, not by a test" };
  if (rule === "disclosure/internal-address") return { unreachable: "who asks a server of 127.0.0.1 learns nothing new" };
  if (provokedBy === "quota" || provokedBy === "regeneration cap") return { unreachable: "a probe does not use up a month's quota" };
  // In the extended table a 405 has a row.
  if (name === "status-405") return { allowWrites: true, table: "documented", contract: "builtin:course-api" };
  if (rule.startsWith("rate-limit/") || rule === "masking/limit-reveals" || provokedBy === "rate limit" || policy?.limitBehindMask === true)
    return { ...run, ...limited, promises: `${contract}${perMinute}` };
  switch (provokedBy) {
    case "markup in path":
      return { unreachable: "a probe sends nothing that could do harm elsewhere" };
    case "crash":
      return { ...run, plan: withStumbling };
    case "from a page":
      return { ...run, plan: fromPage };
    case "from a page, limited":
      return { ...run, ...limited, promises: perMinute, plan: (text) => fromPage(slowly(text)) };
    default:
      return run;
  }
}

/** A limit as the documentation has it, and a run that comes to it. */
const limited = { limit: { requests: 60, window: 60_000 }, allowBurst: true, maxRequests: 400, plan: slowly };
const perMinute = "rateLimit: { requests: 60, window: 60, per: account }\n";

/** At half of what the limit lets through. */
function slowly(text: string): string {
  return text.replace("pace: 6000", "pace: 30");
}

/** The plan of somebody with a course over which the server stumbles. */
function withStumbling(text: string): string {
  return text.replace("own: crs_geometry", "own: crs_stumbles");
}

/** The plan of somebody whose clients are pages: each request says whose. */
function fromPage(text: string): string {
  return `${text}\nheaders: { Origin: "https://app.courses.example" }\n`;
}

/** In which requests what a fault's policy does can be seen: the server's log does not tell. */
export function showsPolicy({ policy = {}, rule }: Fault | LiveFault, { _probe, request }: LiveEntry): boolean {
  if (policy.foreign !== undefined || policy.bodyBeforeMask !== undefined) return /\/(courses|presets)\/./.test(request.url);
  if (rule.startsWith("rate-limit/") || policy.limitBehindMask === true) return _probe.probe.startsWith("rate/");
  return request.method === "POST" && request.url.endsWith("/launch");
}
