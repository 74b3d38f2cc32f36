import type { Session } from "../record/session.ts";
import type { Client, Request } from "./client.ts";

/** One kind of conduct: what a client does, and what an audit of its traffic should say of it. */
export interface Script {
  readonly name: string;
  play(client: Client): Promise<unknown>;
  /** Every finding about the client, and the entries that show it; none = right conduct. */
  readonly finds: readonly ClientFinding[];
  /** The contract it is held to [builtin:course-api]. */
  readonly contract?: string;
  /** The capture does not say when anything happened. */
  readonly isUntimed?: true;
}

export interface ClientFinding {
  readonly rule: string;
  readonly note: string;
  /** Zero-based, in `log.entries`. */
  readonly at: readonly number[];
}

export function found(rule: string, note: string, ...at: number[]): ClientFinding {
  return { rule, note, at };
}

export const readCourse: Request = { method: "GET", path: "/v1/courses/crs_algebra1" };
export const readMissing: Request = { method: "GET", path: "/v1/courses/crs_nowhere1" };
export const listCourses: Request = { method: "GET", path: "/v1/courses" };
export const generate: Request = { method: "POST", path: "/v1/courses/crs_biology1/generate" };
export const create: Request = { method: "POST", path: "/v1/courses", json: { title: "Optics", preset_id: "pre_evenings" } };
export const createUntitled: Request = { method: "POST", path: "/v1/courses", json: { preset_id: "pre_evenings" } };
export const rename: Request = { method: "PATCH", path: "/v1/courses/crs_algebra1", json: { title: "Algebra for mornings" } };

/** Launches a course for somebody. */
export function launch(key: string | undefined, audience = "beginners", course = "crs_algebra1"): Request {
  return { method: "POST", path: `/v1/courses/${course}/launch`, json: { audience }, ...(key !== undefined && { key }) };
}

/** Lets alice's minute be used up by clients that are not seen here, with so many seconds of it left. */
export function useUpMinute({ server, wait }: Session, secondsLeft: number): void {
  server.spend("alice", 60);
  wait(60 - secondsLeft);
}

/** New courses of alice's, made on the server. */
export function addCourses({ server }: Session, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `crs_optics${"abcdefghij"[index]}`;
    server.store.courses.set(id, { id, owner: "alice", title: "Optics", preset: "pre_evenings", state: "draft", notes: [] });
    return id;
  });
}
