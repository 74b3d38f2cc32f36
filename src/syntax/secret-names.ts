/** Names of parameters and members that leave no doubt, as a pattern. */
export const sureSecretNames =
  "(?:access|refresh|id|auth|session)[_-]?token|client[_-]?secret|secret|private[_-]?key|(?:x-)?api[_-]?key|passwd|password|authorization|jwt";

/** Passwords and secrets under longer names: `new_password`, `apiSecret`, `password_confirmation`. */
export const passwordNames = "[\\w.-]{0,40}(?:password|passwd|passphrase|secret)(?:[_-]?confirm(?:ation)?)?";

/** Those that may hold a secret as well: a report hides it, though nobody is told of a leak. */
export const secretNames = [
  sureSecretNames,
  passwordNames,
  "token|auth|app(?:lication)?[_-]?key|pwd|signature|sig|credential|session(?:[_-]?id)?|sid|j?sessionid|phpsessid",
  "[\\w.-]{0,40}(?:api|access|secret|private|signing|encryption)[_-]?key|[\\w.-]{0,40}(?:access|refresh|auth|session|bearer|api)[_-]?token",
  "x-amz-(?:signature|credential|security-token)",
].join("|");

/** One of these is in each of the names, where no letter follows it. */
export const secretNameStems =
  "token|secret|passw|passphrase|pwd|jwt|credential|session|signature|(?:auth(?:orization)?|sig|sid)(?![a-z])|" +
  "(?:private|api|app|application|access|signing|encryption)[_-]?key";
