import type { Contract, Masking, Operation, SourceLine } from "./contract.ts";

/** What a contract promises beyond the rows of its error table. */
export interface Provision {
  /** `masking:course`, `idempotency:launchCourse:replay`. */
  readonly name: string;
  readonly source: SourceLine;
}

/** Foreign and missing look the same. */
export function maskingProvision({ resource }: Pick<Masking, "resource">): string {
  return `masking:${resource}`;
}

/** `key`: a missing key is refused. `replay`: a repeated request acts once. `reuse`: another request with the same key is refused. */
export function idempotencyProvision({ name }: Pick<Operation, "name">, part: "key" | "replay" | "reuse"): string {
  return `idempotency:${name}:${part}`;
}

/** The provisions that a contract has, in its order. */
export function provisionsOf({ masking, idempotency }: Contract): Provision[] {
  const names = new Map(masking.map((entry) => [maskingProvision(entry), entry.source]));
  for (const [name, duty] of Object.entries(idempotency?.operations ?? {})) {
    if (idempotency === undefined) break;
    if (duty === "required") names.set(idempotencyProvision({ name }, "key"), idempotency.source);
    if (idempotency.replay !== "unspecified") names.set(idempotencyProvision({ name }, "replay"), idempotency.source);
    if (idempotency.reuse !== undefined) names.set(idempotencyProvision({ name }, "reuse"), idempotency.source);
  }
  return [...names].map(([name, source]) => ({ name, source }));
}
