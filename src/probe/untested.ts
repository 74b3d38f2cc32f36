import type { Contract } from "../model/contract.ts";
import { provisionsOf } from "../model/provision.ts";
import type { Rehearsal } from "./rehearse.ts";

/** A row or provision that a run will not put to the test, and why. */
export interface Untested {
  readonly name: string;
  readonly reason: string;
}

/** Why nothing asks for a row where no probe says so; `isChosen`: the user named the probes. */
export function noProbe(isChosen: boolean): string {
  return isChosen ? "none of the probes that were chosen provokes it" : "no probe provokes it";
}

/** Which rows and provisions a rehearsed run leaves out; `isChosen`: the user named the probes. */
export function findUntested(contract: Contract, { asks, unasked }: Rehearsal, isChosen: boolean): Untested[] {
  const aimed = new Set(asks.flatMap(({ ask }) => ask.aims ?? []));
  const rows = contract.rows.filter(({ name }) => !aimed.has(name));
  const provisions = provisionsOf(contract).filter(({ name }) => !asks.some(({ probe }) => isOf(probe, name)));
  return [
    ...rows.map(({ name }) => ({ name, reason: unasked.find(({ aims }) => aims.includes(name))?.reason ?? noProbe(isChosen) })),
    ...provisions.map(({ name }) => ({ name, reason: unasked.find(({ probe }) => isOf(probe, name))?.reason ?? noProbe(isChosen) })),
  ];
}

/** Is a probe of the family that puts a provision to the test? */
export function isOf(probe: string, provision: string): boolean {
  const [kind = ""] = provision.split(":", 1);
  return probe.startsWith(families[kind] ?? "rate/");
}

const families: Readonly<Record<string, string>> = { masking: "mask/", idempotency: "idem/" };
