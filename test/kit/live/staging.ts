import type { Fault, Provocation } from "../server/fault.ts";
import type { LiveEntry, LiveOptions } from "./probe-live.ts";

/** What a live run needs, beside the example's plan, for a fault to show. */
export type Staging = Pick<LiveOptions, "plan" | "prepare" | "promises"> | { readonly unreachable: string };

/** How a fault is brought before the probe; or why it cannot be. */
export function stage({ provokedBy, contract = "" }: Pick<Fault, "provokedBy" | "contract">): Staging {
  const staging = stagings[provokedBy] ?? {};
  return "unreachable" in staging ? staging : { ...staging, promises: contract };
}

const stagings: Readonly<Partial<Record<Provocation, Staging>>> = {
  // The plan names an address at which the server is known to stumble, as somebody would who has such a one.
  crash: { plan: (text) => text.replace("  anyCourse:\n", "  anyCourse:\n    - GET /v1/courses/crs_stumbles\n") },
  "from a page": { plan: fromPage },
  "from a page, limited": { plan: fromPage },
  quota: { unreachable: "a month's quota is not used up by a probe" },
  "regeneration cap": { unreachable: "the cap on regenerations is not used up by a probe" },
};

/** The plan of somebody whose clients are pages: each request says whose. */
function fromPage(text: string): string {
  return `${text}\nheaders: { Origin: "https://app.courses.example" }\n`;
}

/** In which requests what a fault's policy does can be seen: the server's log does not tell. */
export function showsPolicy({ provokedBy }: Fault, { _probe, request }: LiveEntry): boolean {
  switch (provokedBy) {
    case "foreign course":
    case "foreign course proved":
    case "foreign bad body":
      return /\/courses\//.test(request.url);
    case "foreign preset":
      return /\/presets\//.test(request.url);
    case "burst":
    case "rate limit waited out":
      return _probe.probe.startsWith("rate/");
    default:
      return request.method === "POST" && request.url.endsWith("/launch");
  }
}
