import type { Row } from "../../../model/contract.ts";
import type { Probe } from "../../probe.ts";
import { limitRows } from "./limit-answer.ts";

export const notProvoked: Probe = {
  id: "rate/not-provoked",
  summary: "what is not made to happen: used-up quotas and faults of the server",
  needs: "rows that no probe may provoke",
  *ask({ contract }) {
    const limits = limitRows(contract);
    const aims = contract.rows.filter((row) => isQuota(row, limits) || isFault(row)).map(({ name }) => name);
    if (aims.length > 0) yield { skip: "not provoked on purpose: a capture can show it", aims };
  },
};

/** A 429 that waiting does not help. */
function isQuota(row: Row, limits: readonly Row[]): boolean {
  return row.status.has(429) && !limits.includes(row);
}

function isFault({ status }: Row): boolean {
  return [500, 502, 503, 504].some((each) => status.has(each));
}
