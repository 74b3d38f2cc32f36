import { expect, it } from "vitest";
import { isOwnPort } from "../../src/syntax/own-port.ts";

it.each([
  "http://127.0.0.1:4555",
  "http://127.0.0.1:4555/v1",
  "https://localhost:4555",
  "http://LOCALHOST.:4555",
  "http://api.localhost:4555",
  "http://127.1:4555",
  "http://127.8.8.8:4555",
  "http://0.0.0.0:4555",
  "http://0:4555",
  "http://[::1]:4555",
  "http://[::]:4555",
  "http://[::ffff:127.0.0.1]:4555",
  "http://[::ffff:0.0.0.0]:4555",
])("%s is port 4555 of this machine", (url) => {
  expect([isOwnPort(url, 4555), isOwnPort(url, 4556)]).toEqual([true, false]);
});

it.each([
  "http://127.0.0.1",
  "http://api.example:4555",
  "http://localhost.example:4555",
  "http://notlocalhost:4555",
  "http://128.0.0.1:4555",
  "http://[::2]:4555",
  "http://[::ffff:8.8.8.8]:4555",
])("%s is not", (url) => {
  expect(isOwnPort(url, 4555)).toBe(false);
});

it("knows the ports of the schemes", () => {
  expect([isOwnPort("http://localhost", 80), isOwnPort("https://localhost", 443), isOwnPort("https://localhost", 80)]).toEqual([
    true,
    true,
    false,
  ]);
});
