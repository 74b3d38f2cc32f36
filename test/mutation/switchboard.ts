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

const mostAsked = 5_000_000;

export function openSwitchboard(): Mutation {
  const mutation: Mutation = {
    active: "",
    value: false,
    hits: new Set(),
    asked: 0,
    ask(id, ask) {
      mutation.hits.add(id);
      if (++mutation.asked > mostAsked && mutation.active !== "") throw new Error("a mutant without end");
      return id === mutation.active ? mutation.value : ask();
    },
  };
  globalThis.__mutation = mutation;
  return mutation;
}
