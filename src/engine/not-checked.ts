import type { Contract } from "../model/contract.ts";

/** What a contract promises and no rule of this version judges: said in every report, lest silence be taken for a verdict. */
export function listNotChecked({ authentication, client, rows, idempotency }: Contract): string[] {
  const speaksOfClients =
    client.maxRetries !== undefined ||
    client.backoff !== "unspecified" ||
    client.unlisted !== "unspecified" ||
    rows.some((row) => row.retry !== "unspecified");
  return [
    ...(authentication.declared ? ["authentication (challenges, what is served without a credential)"] : []),
    ...(speaksOfClients ? ["the conduct of clients (what they retry, and when)"] : []),
    ...(idempotency?.replayHeader === undefined ? [] : ["idempotency.replayHeader"]),
  ];
}
