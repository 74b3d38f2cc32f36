import { describe, expect, it } from "vitest";
import { base64Texts } from "../../src/syntax/base64-text.ts";
import { isJsonText } from "../../src/syntax/json-lines.ts";
import { isPlaceholder } from "../../src/syntax/placeholder.ts";
import { isPrivateServer } from "../../src/syntax/private-host.ts";

describe("isPlaceholder", () => {
  it.each([
    "sk-...abcd",
    "tok…abcd1",
    "****1234",
    "••••1234",
    "key_XXXX_1",
    "###12345",
    "<token-1>",
    "{{key-1}}",
    "[your 1]",
    "AKIAIOSFODNN7EXAMPLE",
    "YOUR_KEY_1",
    "dummy-123",
    "undefined",
    "invalid_token",
    "not-a-token",
    "1212121212",
  ])("%s", (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each(["9Qm3vT0xk9", "correct-horse-battery-staple", "hunter2hunter2", "a.b/c+d=e"])("not %s", (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
});

describe("base64Texts", () => {
  it.each([
    ["dXNlcjpwYXNz", ["user:pass", "pass"]],
    ["dXNlcjphOmI=", ["user:a:b", "a:b"]],
    ["c2VjcmV0LXRleHQ", ["secret-text"]],
    ["w7xzZXI6cMOkc3M=", ["üser:päss", "päss"]],
    ["YWJjZGU=", []],
    ["kit-secret-of-alice", []],
    ["not base64", []],
  ])("%s", (token, texts) => {
    expect(base64Texts(token)).toEqual(texts);
  });
});

describe("isJsonText", () => {
  it.each(["{}", '{"a":1}\n{"a":2}', '\uFEFF{"a":1}', '{"a":1}\r\n\r\n[2]\n'])("%j", (text) => {
    expect(isJsonText(text)).toBe(true);
  });

  it.each(['{"a":', '{"a":1}\n{', "a=b"])("not %j", (text) => {
    expect(isJsonText(text)).toBe(false);
  });
});

describe("isPrivateServer", () => {
  it.each([
    "http://localhost",
    "http://localhost:8080",
    "http://courses",
    "http://127.0.0.1:49152",
    "http://10.1.7.23",
    "http://172.16.0.1",
    "http://172.31.0.1",
    "http://192.168.0.1",
    "http://169.254.1.1",
    "http://[::1]:8080",
    "http://[fd12::7]",
    "http://[fe80::7]",
    "https://courses.prod.internal:8443",
    "https://courses.local",
    "https://courses.test",
    "https://courses.home.arpa",
  ])("%s", (server) => {
    expect(isPrivateServer(server)).toBe(true);
  });

  it.each([
    "https://api.example.com",
    "https://api.example.com:8443",
    "http://203.0.113.7",
    "http://172.32.0.1",
    "http://192.167.0.1",
    "http://11.0.0.1",
    "http://[2001:db8::7]",
    "https://internal.example.com",
    "https://10.example.com",
  ])("not %s", (server) => {
    expect(isPrivateServer(server)).toBe(false);
  });
});
