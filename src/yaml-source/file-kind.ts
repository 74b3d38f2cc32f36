/** What a file is meant to be, as faults speak of it. */
export interface FileKind {
  /** `contract` */
  readonly noun: string;
  /** What none can be without: `envelint: 1, a title and errors`. */
  readonly needs: string;
  /** What to do with a capture that stands in its place. */
  readonly captureAdvice: string;
  /** Names of those that ship, by what stands before each: `builtin:` [none]. */
  readonly ships?: { readonly prefix: string; readonly names: () => readonly string[] };
}
