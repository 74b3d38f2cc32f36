/** Names of parameters and members that leave no doubt, as a pattern. */
export const sureSecretNames =
  "(?:access|refresh|id|auth|session)[_-]?token|client[_-]?secret|secret|private[_-]?key|(?:x-)?api[_-]?key|passwd|password|authorization|jwt";

/** Those that may hold a secret as well: a report hides it, though nobody is told of a leak. */
export const secretNames = `${sureSecretNames}|token|auth|app(?:lication)?[_-]?key|pwd|signature|sig|credential|session(?:[_-]?id)?|sid|x-amz-(?:signature|credential|security-token)`;
