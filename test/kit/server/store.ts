/** A course on its way from draft to artifacts. */
export interface Course {
  readonly id: string;
  readonly owner: string;
  title: string;
  readonly preset: string;
  state: "draft" | "launched" | "generated";
  /** Notes of regenerations, refused ones too. */
  readonly notes: string[];
}

export interface Preset {
  readonly id: string;
  readonly owner: string;
  name: string;
}

/** What a key was first used for. */
export interface KeyUse {
  readonly request: string;
  readonly course: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The server's memory, less the rate limiter's. */
export interface Store {
  readonly courses: Map<string, Course>;
  readonly presets: Map<string, Preset>;
  readonly keys: Map<string, KeyUse>;
  /** Generations used this month, and regenerations used, by account. */
  readonly generations: Map<string, number>;
  readonly regenerations: Map<string, number>;
  /** A fresh id, counted by prefix: `crs_new00001`. */
  nextId(prefix: "crs" | "req"): string;
}

/** Asking for this course of alice's makes the server stumble. */
export const crashingCourse = "crs_stumbles";

/** Whom each secret belongs to. The secrets open nothing but this server. */
export const secrets: Readonly<Record<string, string>> = { alice: "kit-secret-of-alice", bob: "kit-secret-of-bob" };

export function createStore(): Store {
  const counts = new Map<string, number>();
  const course = (id: string, owner: string, title: string, state: Course["state"] = "draft"): [string, Course] => [
    id,
    { id, owner, title, preset: owner === "alice" ? "pre_evenings" : "pre_weekends", state, notes: [] },
  ];
  return {
    courses: new Map([
      course("crs_algebra1", "alice", "Algebra for evenings"),
      course("crs_biology1", "alice", "Biology at a glance", "launched"),
      course("crs_geometry", "alice", "Geometry by hand", "generated"),
      course(crashingCourse, "alice", "The course that stumbles"),
      course("crs_calculus", "bob", "Calculus for weekends"),
      course("crs_dynamics", "bob", "Dynamics", "launched"),
    ]),
    presets: new Map([
      ["pre_evenings", { id: "pre_evenings", owner: "alice", name: "Evenings" }],
      ["pre_weekends", { id: "pre_weekends", owner: "bob", name: "Weekends" }],
    ]),
    keys: new Map(),
    generations: new Map(),
    regenerations: new Map(),
    nextId(prefix) {
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      return `${prefix}_new${String(count).padStart(5, "0")}`;
    },
  };
}
