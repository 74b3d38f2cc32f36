import { expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { SeenCredentials } from "../../src/traffic/authentication/seen-credentials.ts";
import { isProtected, strangerOf } from "../../src/traffic/authentication/stranger.ts";
import { makeExchange } from "../kit/exchange.ts";

const builtin = await loadContract();
const contractWith = (members: string) =>
  parseContract(`envelint: 1\ntitle: t\nextends: builtin:course-api\nerrors: []\nauthentication: {${members}}`, { file: "t.yaml" });
const server = "https://api.example.com";

it("credentials are seen for the length of a timeline, and until its end is told", () => {
  const seen = new SeenCredentials({ contract: builtin });
  const known = makeExchange({ account: "alice", requestHeaders: { authorization: "a" } });
  seen.exchange(known);
  seen.endTimeline();
  expect(seen.areVisible("test.har", server)).toBe(true);
  seen.exchange(makeExchange({ capture: "next.har" }));
  expect(seen.areVisible("test.har", server)).toBe(false);
});

it("credentials are seen on a thousand servers, and those known by then still learn more", async () => {
  const seen = new SeenCredentials({ contract: await contractWith("credential: [{header: X-Key}, {query: key}]") });
  const sent = (at: number, url: string, requestHeaders = {}) =>
    seen.exchange(makeExchange({ account: "alice", url: `https://s${at}.example${url}`, requestHeaders }));
  for (let at = 0; at <= 1_000; at++) sent(at, "/", { "x-key": "a" });
  for (const at of [0, 1_000]) sent(at, "/?key=a");
  expect(seen.areVisible("test.har", "https://s0.example")).toBe(true);
  expect(seen.areVisible("test.har", "https://s1.example")).toBe(false);
  sent(1_000, "/?key=a", { "x-key": "a" });
  expect(seen.areVisible("test.har", "https://s1000.example")).toBe(false);
});

it("a stranger sends nothing, or what a probe made up", () => {
  const of = (id: string, account?: string) =>
    strangerOf(builtin, makeExchange({ probe: { id, live: true }, ...(account && { account }) }));
  expect(of("auth/malformed", "x")).toMatchObject({ credential: "made-up", isSure: true });
  expect(of("auth/malformed", "x")?.answers).toHaveLength(2);
  expect(of("auth/invalid", "x")?.answers).toHaveLength(1);
  expect(of("auth/none")).toMatchObject({ credential: "none", isSure: true });
  expect(of("other", "x")).toBeUndefined();
});

it("nothing is protected where all is public", async () => {
  const { request } = makeExchange();
  expect(isProtected(builtin, request)).toBe(true);
  expect(isProtected(await contractWith("public: ['*']"), request)).toBe(false);
});
