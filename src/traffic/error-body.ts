import type { Envelope, ErrorAnswer, ErrorObject } from "../model/contract.ts";
import type { Response } from "../model/exchange.ts";
import { essenceOf, isJsonType } from "../syntax/media-type.ts";

/** What the body of an error is, whatever its label says; `other` is none of these and labelled as such: XML, an image. */
export type BodyKind = "not-captured" | "empty" | "json" | "cut" | "html" | "plain-text" | "invalid-json" | "other";

/** Tells what a body is by its text first and its media type second. */
export function kindOfBody({ headers, body }: Response): BodyKind {
  if (body.state !== "present") return body.state;
  if (body.json().ok) return "json";
  if (body.truncated) return "cut";
  const text = body.text().trimStart();
  if (text === "") return "empty";
  const essence = essenceOf(headers.get("content-type") ?? body.mediaType);
  if (essence === "text/html" || /^(?:<!doctype html|<html)\b/i.test(text)) return "html";
  const labelled = essence !== undefined && essence !== "text/plain";
  if (labelled && !isJsonType(essence)) return "other";
  if (!labelled && !/^[[{]/.test(text)) return "plain-text";
  return "invalid-json";
}

/** Does an envelope promise JSON? One whose media types are none of JSON's and whose roles are none of the body's does not. */
export function promisesJson(envelope: Envelope): boolean {
  return (
    envelope.mediaTypes.some(isJsonType) ||
    Object.values(envelope.members).some((sources) => sources.some((source) => /^[/#]/.test(source)))
  );
}

/** Why the body of an answer that is not `readable` says nothing, for `unobservable`; undefined where HTTP gives it no body to begin with. */
export function whyUnreadable({ exchange: { request, response } }: ErrorAnswer): string | undefined {
  if (request.method === "HEAD" || response.status === 204 || response.status === 304) return undefined;
  return response.body.truncated ? "body cut off in the capture" : "body not captured";
}

/** The error objects that were found where the contract puts them. */
export function objectsOf(answer: ErrorAnswer): ErrorObject[] {
  return answer.meetings.flatMap(({ object }) => object ?? []);
}
