import type { Contract } from "../../model/contract.ts";
import type { Request } from "../../model/exchange.ts";
import { decodePercent } from "../../syntax/percent-encoding.ts";
import { digest, sortQuery } from "../request-fingerprint.ts";
import { hiderOf } from "./answer-traits.ts";

/** Fields by which a server may choose its answer. */
const deciding = [
  "accept",
  "accept-language",
  "content-type",
  "range",
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
];

/** What two requests have in common that differ in the resource's id alone; undefined where the body was not (fully) captured. */
export function requestShape(contract: Contract, request: Request, id: string): string | undefined {
  const { body, headers } = request;
  if (body.state === "not-captured" || body.truncated) return undefined;
  const hide = hiderOf(id);
  const path = request.path.split("/").map((segment) => hide(decodePercent(segment)));
  const fields = deciding.map((name) => headers.get(name) ?? "");
  const hasKey = contract.idempotency?.keyOf(request).key !== undefined;
  return digest(JSON.stringify([request.method, path, hide(sortQuery(request.query)), fields, hasKey, hide(body.text())]));
}
