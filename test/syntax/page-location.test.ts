import { expect, it } from "vitest";
import { type PageKind, pageAt } from "../../src/syntax/page-location.ts";

it.each<[string, PageKind | undefined]>([
  ["/login", "login"],
  ["/Account/LogIn.aspx?ReturnUrl=%2F", "login"],
  ["/users/sign_in", "login"],
  ["sign-in/", "login"],
  ["/sso/start", "login"],
  ["https://login.example.com/authorize?x", "login"],
  ["https://sign-in.example.com", "login"],
  ["//sso.example.com/", "login"],
  ["https://www.example.com/login#top", "login"],
  ["https://blog.login.example.com/", undefined],
  ["https://loginserver.example.com/", undefined],
  ["/?next=/login", undefined],
  ["/#/login", undefined],
  ["/logins", undefined],
  ["/relogin", undefined],
  ["/login.something", undefined],
  ["/error", "error"],
  ["/Error/", "error"],
  ["/pages/404.html", "error"],
  ["/500", "error"],
  ["/access-denied", "error"],
  ["/error_page.php?code=1", "error"],
  ["/errors", undefined],
  ["/error/reports", undefined],
  ["/302", undefined],
  ["/4040", undefined],
  ["/x500", undefined],
  ["/", undefined],
  ["", undefined],
])("%s: %s", (location, kind) => {
  expect(pageAt(location)).toBe(kind);
});
