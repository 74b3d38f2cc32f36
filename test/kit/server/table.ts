import { type Answer, type Field, type Refusal, withField } from "./answer.ts";

/** The table of errors that the API answers by: the documentation's, or `examples/probe/contract.yaml`, which has rows for what that leaves out. */
export type Table = "documented" | "extended";

/** An answer by the documentation's table, as the extended one has it. */
export function extend(answer: Answer): Answer {
  if (answer.kind !== "refusal") return answer;
  if (answer.allowed !== undefined) return methodNotAllowed(answer, answer.allowed);
  if (answer.error.code === "body_too_large") return { ...answer, row: "content-too-large", status: 413 };
  if (answer.error.code === "headers_too_large") return { ...answer, row: "headers-too-large", status: 431 };
  if (answer.error.code === "unsupported_media_type") {
    return { ...answer, row: "unsupported-media-type", status: 415, headers: withField(answer.headers, "Accept", "application/json") };
  }
  return answer;
}

function methodNotAllowed(answer: Refusal, allowed: readonly string[]): Refusal {
  const allow: Field = ["Allow", allowed.join(", ")];
  return {
    ...answer,
    row: "method-not-allowed",
    status: 405,
    headers: [...answer.headers, allow],
    error: { type: "invalid_request_error", code: "method_not_allowed", message: "This method is not for this address." },
  };
}
