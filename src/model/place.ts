/** The very place in an exchange that a finding is about; symbolic, so that it survives another capture. */
export type Place =
  | { readonly kind: "exchange" }
  | { readonly kind: "status" }
  | { readonly kind: "method" }
  | { readonly kind: "url" }
  | { readonly kind: "header"; readonly name: string; readonly of?: "request" | "response" }
  /** `pointer`: JSON Pointer (RFC 6901); "" is the whole body. */
  | { readonly kind: "body"; readonly pointer: string; readonly of?: "request" | "response" };

/** One line for people: `status`, `header Retry-After`, `body /detail/error/code`. */
export function describePlace(place: Place): string {
  const side = "of" in place && place.of === "request" ? "request " : "";
  switch (place.kind) {
    case "header":
      return `${side}header ${place.name}`;
    case "body":
      return place.pointer === "" ? `${side}body` : `${side}body ${place.pointer}`;
    default:
      return place.kind;
  }
}
