/** A value that no option takes, found when its meaning was looked up: a name that the contract or the list of rules does not have. */
export class OptionError extends RangeError {
  override readonly name = "OptionError";
}
