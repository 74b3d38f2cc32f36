import type { Credential } from "../model/contract.ts";

/** Fields whose values are credentials whether or not the contract declares them. */
export function isSecretField(name: string, credentials: readonly Credential[]): boolean {
  const lower = name.toLowerCase();
  return (
    /^(?:cookie|set-cookie)$/.test(lower) ||
    /(?:^|[-_])(?:token|secret|(?:api|access|secret|private|auth|application|subscription)[-_]?key|auth|authorization|password|passwd|session(?:[-_]?id)?|signature|credentials?)$/.test(
      lower,
    ) ||
    credentials.some((credential) => "header" in credential && credential.header.toLowerCase() === lower)
  );
}
