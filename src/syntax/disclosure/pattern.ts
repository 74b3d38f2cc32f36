/** A way in which an error gives away how its server is built. Looked for in at most `lookedAt` characters; repeats are bounded or of one class. */
export interface DisclosurePattern {
  readonly id: string;
  /** For people, within a sentence: "a Python stack trace". */
  readonly what: string;
  /** Global. */
  readonly pattern: RegExp;
  /** Where the format is described. */
  readonly source: string;
  /** Made up, in the true format. */
  readonly example: string;
  /** Look alike and are nothing of the kind. */
  readonly unlike: readonly string[];
}
