import { splitUrl } from "./url.ts";

/** What a page for people is about. */
export type PageKind = "login" | "error";

const login = /^(?:log[-_]?in|sign[-_]?in|sso)(?:\.[a-z]{1,5})?$/i;
const error = /^(?:error|error[-_]?page|access[-_]?denied|[45]\d\d)(?:\.[a-z]{1,5})?$/i;
const loginHost = /\/\/(?:log-?in|sign-?in|sso)\./;

/** Tells by its address whether a Location leads to a login page (a segment of the path, or the host) or to an error page (the last segment). */
export function pageAt(location: string): PageKind | undefined {
  const split = splitUrl(location.startsWith("//") ? `https:${location}` : location);
  const segments = (split?.path ?? location).split(/[?#]/, 1)[0]?.split("/") ?? [];
  if (loginHost.test(split?.server ?? "") || segments.some((segment) => login.test(segment))) return "login";
  return error.test(segments.findLast((segment) => segment !== "") ?? "") ? "error" : undefined;
}
