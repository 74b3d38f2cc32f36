import type { Credential } from "../model/contract.ts";
import { remembered } from "./remembered.ts";

/** Fields whose values are credentials whether or not the contract declares them. */
export function isSecretField(name: string, credentials: readonly Credential[]): boolean {
  return (
    isSecretName(name) || credentials.some((credential) => "header" in credential && credential.header.toLowerCase() === name.toLowerCase())
  );
}

const isSecretName = remembered((name) =>
  /^(?:(?:set-)?cookie|(?:.*[-_])?(?:token|secret|(?:api|access|secret|private|auth|application|subscription)[-_]?key|auth|authorization|password|passwd|session(?:[-_]?id)?|signature|credentials?))$/i.test(
    name,
  ),
);
