import { existsSync, readFileSync } from "node:fs";

/** The one condition that is out of its place, and which conditions were asked. */
export interface Mutation {
  /** A condition's id; "" = none. */
  active: string;
  value: boolean;
  readonly hits: Set<string>;
  /** How often any condition was asked; a mutant may turn a walk into one without end. */
  asked: number;
  ask(id: string, ask: () => unknown): unknown;
}

declare global {
  var __mutation: Mutation | undefined;
}

const mostAsked = 20_000_000;

/** Begins with the mutant that the file names, if there is one. */
export function openSwitchboard(file?: string): Mutation {
  const given =
    file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { id: string; value: boolean }) : undefined;
  const mutation: Mutation = {
    active: given?.id ?? "",
    value: given?.value ?? false,
    hits: new Set(),
    asked: 0,
    ask(id, ask) {
      if (++mutation.asked > mostAsked) throw new Error("a mutant without end");
      mutation.hits.add(id);
      return id === mutation.active ? mutation.value : ask();
    },
  };
  globalThis.__mutation = mutation;
  return mutation;
}
