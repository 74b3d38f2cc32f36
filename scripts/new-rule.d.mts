/** The files of a new rule by their paths below rules/, each with its text. */
export function makeRule(id: string, list: string): Record<string, string>;
