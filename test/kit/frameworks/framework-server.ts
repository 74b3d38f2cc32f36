import type { Server } from "node:http";
import { segmentsOf } from "../server/call.ts";
import type { Logged } from "../server/log.ts";
import type { Store } from "../server/store.ts";

/** The Course Generation API built on a framework: what a course is, the kit says; what an error is, mostly the framework. */
export interface FrameworkServer {
  /** `http://127.0.0.1:49152`, without a trailing slash. */
  readonly url: string;
  readonly store: Store;
  /** Every request that the framework was given. */
  readonly log: readonly Logged[];
  close(): Promise<void>;
}

/** Writes down the requests that reach a server. */
export function logOf(server: Server): readonly Logged[] {
  const log: Logged[] = [];
  server.prependListener("request", ({ method = "", url = "", headers }) => {
    log.push({ method, path: url, headers, at: performance.now(), clock: Date.now(), isChanged: false });
  });
  return log;
}

/** Is an address open to everybody? */
export function isPublic(url: string): boolean {
  return segmentsOf(url).join("/") === "v1/health";
}
