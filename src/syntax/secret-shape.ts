/** What a secret looks like, wherever it stands. */
export interface SecretShape {
  readonly id: string;
  /** For people: "a secret key of Stripe's". */
  readonly what: string;
  /** What every text has that it stands in, as a pattern in which case does not matter: cheap to look for. */
  readonly hint: string;
  /** What a report hides: wide, since a word too many hidden costs little. Global; linear, without nested repeats. */
  readonly wide: RegExp;
  /** [nothing] What a report keeps of it: `$1`. */
  readonly keeps?: string;
  /** True: it stands in JSON, and what stands for it is to be a string. */
  readonly isBare?: true;
  /** What is told as a leak: the whole secret as its issuer writes it. Without it the shape is only hidden. */
  readonly whole?: RegExp;
  /** True where servers also hand it out on purpose: it is a leak only where it is repeated, or stands among words. */
  readonly isIssued?: true;
  readonly source: string;
  /** Made up, and in parts, so that no scanner takes this file for a leak. */
  readonly example: readonly string[];
  /** Look alike and are no leak; where there is no `whole`, are not hidden. */
  readonly unlike: readonly string[];
}
