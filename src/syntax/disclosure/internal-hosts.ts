import type { DisclosurePattern } from "./pattern.ts";

const octet = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** Addresses and names that mean something only within the network they are of. */
export const internalHosts: readonly DisclosurePattern[] = [
  {
    id: "ipv4",
    what: "a private address",
    // Neither a part of a longer number, nor a range, nor a version.
    pattern: new RegExp(
      `(?<![\\w.-]|\\w/|version[ :=]{1,3})(?:10\\.${octet}|172\\.(?:1[6-9]|2\\d|3[01])|192\\.168)\\.${octet}\\.${octet}(?!\\.?\\d|/\\d|[\\w-])`,
      "gi",
    ),
    source: "https://www.rfc-editor.org/rfc/rfc1918#section-3",
    example: "connect ECONNREFUSED 10.1.7.23:5432",
    unlike: [
      "version 10.2.3.4",
      "Courses/10.1.7.23",
      "192.168.0.0/16",
      "1.10.1.7.23",
      "v10.1.7.23",
      "172.32.0.1",
      "10.1.7.256",
      "203.0.113.7",
    ],
  },
  {
    id: "loopback",
    what: "a loopback address",
    pattern: new RegExp(
      `(?<![\\w.\\-])(?:127\\.${octet}\\.${octet}\\.${octet}(?!\\.?\\d|/\\d)|localhost:\\d{2,5}|\\[?::1\\]?:\\d{2,5})\\b`,
      "gi",
    ),
    source: "https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2",
    example: "connect ECONNREFUSED 127.0.0.1:6379",
    unlike: ["127.0.0.0/8", "localhost", "8.127.0.0.1", "my-localhost:80"],
  },
  {
    id: "link-local",
    what: "a link-local address",
    pattern: new RegExp(`(?<![\\w.\\-/])(?<!version )169\\.254\\.${octet}\\.${octet}(?!\\.?\\d|/\\d)`, "gi"),
    source: "https://www.rfc-editor.org/rfc/rfc3927#section-2.1",
    example: "no answer from 169.254.169.254",
    unlike: ["169.254.0.0/16", "169.25.4.1"],
  },
  {
    id: "ipv6",
    what: "a private address",
    pattern: /(?<![\w:.])f[cd][0-9a-f]{2}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{1,4}(?![\w:/])/gi,
    source: "https://www.rfc-editor.org/rfc/rfc4193#section-3.1",
    example: "no route to fd12:3456:789a:1::7",
    unlike: ["fd00::/8", "2001:db8::7", "fade:out"],
  },
  {
    id: "name",
    what: "an internal host name",
    // The last label is one that the public DNS does not have. `errors.internal` may be a code: a host has a port, a scheme, a digit or a hyphen.
    pattern: new RegExp(
      `(?<![\\w.@-])(?:(?:${label}\\.){1,8}svc\\.cluster\\.local|(?:(?<=://)|(?=[a-z.]{0,250}(?:[-0-9]|:\\d)))(?:${label}\\.){1,8}(?:internal|local|localdomain|home\\.arpa|intranet|corp|lan))(?::\\d{2,5})?(?![\\w.-]*\\w|\\()`,
      "gi",
    ),
    source: "https://www.rfc-editor.org/rfc/rfc6762#appendix-G",
    example: "upstream courses-db.prod.svc.cluster.local:5432 is away",
    unlike: [
      "an internal error",
      "errors.internal",
      "api-2.courses.example",
      "settings-2.local.json",
      "errors-2.internal()",
      "ann-2@courses.local",
    ],
  },
  {
    id: "lookup",
    what: "an internal host name",
    // One label alone: what Docker and a cluster's own DNS call a service.
    pattern: /\bgetaddrinfo (?:ENOTFOUND|EAI_AGAIN) [a-z0-9-]{1,63}(?![\w.-])|\bdial tcp: lookup [a-z0-9-]{1,63}(?![\w.-])/gi,
    source: "https://nodejs.org/api/errors.html#common-system-errors",
    example: "getaddrinfo ENOTFOUND courses-db",
    unlike: ["getaddrinfo ENOTFOUND hooks.courses.example", "dial tcp: lookup hooks.courses.example"],
  },
];

/** None of them is without it: a sentence that is, as most are, need not be looked through. */
export const hostHint = /[0-9:]|\.(?:svc|internal|local|home|intranet|corp|lan)|getaddrinfo|dial tcp/i;
