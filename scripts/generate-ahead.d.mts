/** The modules that are made ahead of time, by their files. */
export function makeAhead(): Promise<Record<string, string>>;
