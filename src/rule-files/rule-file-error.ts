/** A rule file, or a reporter of the user's own, that cannot be used. The message says which, why, and what to do. */
export class RuleFileError extends Error {
  override readonly name = "RuleFileError";
}
