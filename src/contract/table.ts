import type { Contract, Credential, Envelope, Matcher, RetryAfterDuty, Role, Row } from "../model/contract.ts";
import { compilationOf } from "./compile.ts";

/** The contract as a page of Markdown, like the page on errors in an API's own documentation. */
export function renderTable(contract: Contract): string {
  const sections = [
    `# ${escapeText(contract.title)}: errors`,
    section("The error object", contract.envelopes.map(renderEnvelope).join("\n\n")),
    section("Types", contract.types === null ? "" : contract.types.map((type) => `- ${code(type)}`).join("\n")),
    section("Errors", renderRows(contract)),
    section(
      "Operations",
      contract.operations.map(({ name, templates }) => `- ${code(name)}: ${templates.map(code).join(", ")}`).join("\n"),
    ),
    section("Authentication", renderAuthentication(contract)),
    section("Rate limit", renderRateLimit(contract)),
    section("What must not show", renderMasking(contract)),
    section("Idempotency", renderIdempotency(contract)),
    section("What clients do", renderClient(contract)),
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

function section(title: string, text: string): string {
  return text === "" ? "" : `## ${title}\n\n${text}`;
}

function renderEnvelope(envelope: Envelope): string {
  if (envelope.intermediary) return `${code(envelope.name)}: the answer of somebody in front of the API; its body is not the API's.`;
  const where = envelope.pointers.map((pointer) => (pointer === "" ? "the body itself" : code(pointer))).join(", or ");
  const list = { false: "", first: " (a list; the first one counts)", all: " (a list, each an error)" }[
    String(envelope.array) as "false" | "first" | "all"
  ];
  const roles = Object.entries(envelope.members).map(([role, sources]) => [
    role,
    sources.map(code).join(", or "),
    envelope.required.includes(role as Role) ? "yes" : "no",
  ]);
  const head = `${code(envelope.name)}: at ${where}${list}, sent as ${envelope.mediaTypes.map(code).join(", ")}.`;
  return roles.length === 0 ? head : `${head}\n\n${table(["Role", "Where", "Required"], roles)}`;
}

function renderRows(contract: Contract): string {
  const severalEnvelopes = contract.envelopes.length > 1;
  const conditions = new Map(compilationOf(contract).rows.map((row) => [row.name, row.when?.text ?? ""]));
  const columns: [string, (row: Row) => string][] = [
    ["HTTP", (row) => escapeText(row.status.text)],
    ["Type", (row) => renderMatcher(row.type)],
    ["Code", (row) => renderMatcher(row.code)],
    ["Param", (row) => renderMatcher(row.param)],
    ["Operations", (row) => row.operations?.map(code).join(", ") ?? ""],
    ["When", (row) => escapeText(conditions.get(row.name) ?? "")],
    ["Headers", (row) => row.headers.map((header) => `${code(header.name)}${header.required ? "" : " (optional)"}`).join(", ")],
    ["Retry-After", (row) => renderRetryAfter(row.retryAfter)],
    [
      "Retry",
      (row) => ({ never: "never", "retry-after": "after Retry-After", backoff: "with growing pauses", unspecified: "" })[row.retry],
    ],
    ["Envelope", (row) => (severalEnvelopes ? code(row.envelope.name) : "")],
    ["Row", (row) => (row.docs === undefined ? code(row.name) : `[${code(row.name)}](${encodeURI(row.docs).replaceAll(")", "%29")})`)],
  ];
  const cells = contract.rows.map((row) => columns.map(([, cell]) => cell(row)));
  const used = columns.map((_, index) => cells.some((line) => line[index] !== "" && line[index] !== any));
  const keep = <Value>(line: readonly Value[]) => line.filter((_, index) => used[index]);
  return table(keep(columns.map(([title]) => title)), cells.map(keep));
}

/** Where every row takes anything, the column is left out. */
const any = "any";

function renderMatcher(matcher: Matcher): string {
  switch (matcher.kind) {
    case "any":
      return any;
    case "absent":
      return "none";
    case "literal":
      return matcher.values.map((value) => code(String(value))).join(", ");
    case "pattern":
      return `matching ${code(matcher.text.replace(/^matching /, ""))}`;
    case "schema":
      return escapeText(matcher.text);
  }
}

function renderRetryAfter({ presence, form, min, max, equals }: RetryAfterDuty): string {
  const facts = [
    form === "any" ? "" : form === "seconds" ? "in seconds" : "as a date",
    min > 0 ? `at least ${min} s` : "",
    max === undefined ? "" : `at most ${max} s`,
    equals === undefined ? "" : `as ${"capture" in equals ? `the code's ${code(equals.capture)}` : `the role ${code(equals.member)}`}`,
  ].filter((fact) => fact !== "");
  if (presence === "optional" && facts.length === 0) return "";
  return [presence, ...facts].join(", ");
}

function renderAuthentication({ authentication }: Contract): string {
  if (!authentication.declared) return "";
  const { missing, invalid } = authentication;
  return [
    `- Credential: ${authentication.credentials.map(describeCredential).join(", or ")}.`,
    missing && `- Without one: ${code(missing.name)}.`,
    invalid && `- With a wrong or expired one: ${code(invalid.name)}.`,
    `- WWW-Authenticate on 401: ${authentication.challenge}.`,
    authentication.public.length > 0 && `- Without authentication: ${authentication.public.map(code).join(", ")}.`,
  ]
    .filter(Boolean)
    .join("\n");
}

function describeCredential(credential: Credential): string {
  const [[kind, name] = ["header", ""]] = Object.entries(credential);
  return `${kind === "query" ? "query parameter" : kind} ${code(String(name))}`;
}

function renderRateLimit({ rateLimit }: Contract): string {
  return rateLimit === undefined ? "" : `${rateLimit.requests} requests in ${rateLimit.window} s, counted by ${rateLimit.per}.`;
}

function renderMasking({ masking }: Contract): string {
  return masking
    .map(({ resource, parameter, answer, never }) => {
      const by = parameter === undefined ? "" : ` (${code(`{${parameter}}`)})`;
      return `- ${escapeText(resource)}${by}: one that is another's is answered as if there were none, with ${code(answer.name)}; never with ${never.join(", ")}.`;
    })
    .join("\n");
}

function renderIdempotency(contract: Contract): string {
  const { idempotency } = contract;
  if (idempotency === undefined) return "";
  const lines = [`- Key: ${escapeText(idempotency.keyText)}.`];
  for (const [operation, duty] of Object.entries(idempotency.operations)) lines.push(`- ${code(operation)}: ${duty}.`);
  for (const [name, row] of Object.entries({
    "Without a key": idempotency.missing,
    "Key of another request": idempotency.reuse,
    "First still at work": idempotency.inFlight,
  })) {
    if (row !== undefined) lines.push(`- ${name}: ${code(row.name)}.`);
  }
  if (idempotency.replay !== "unspecified")
    lines.push(`- A repeat has the ${idempotency.replay === "same-response" ? "same response" : "same effect"} as the first.`);
  if (idempotency.replayHeader !== undefined) lines.push(`- A repeat is marked by ${code(idempotency.replayHeader)}.`);
  if (idempotency.retention !== undefined) lines.push(`- A key is remembered for ${idempotency.retention / 3_600_000} hours.`);
  return lines.join("\n");
}

function renderClient({ client }: Contract): string {
  return [
    client.maxRetries !== undefined && `- At most ${client.maxRetries} retries.`,
    client.backoff !== "unspecified" && `- Backoff: ${client.backoff}.`,
    client.jitter !== undefined && `- Jitter: ${client.jitter ? "yes" : "no"}.`,
    client.unlisted !== "unspecified" && `- Errors that are not listed: ${client.unlisted}.`,
  ]
    .filter(Boolean)
    .join("\n");
}

function table(titles: readonly string[], lines: readonly (readonly string[])[]): string {
  return [titles, titles.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** As code, with what would end the cell or the code taken out of its meaning. */
function code(text: string): string {
  const plain = text.replaceAll(/[\r\n]+/g, " ").replaceAll("|", "\\|");
  const fence = "`".repeat(Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length === 1 ? `\`${plain}\`` : `${fence} ${plain} ${fence}`;
}

/** As text that Markdown and HTML leave as it is. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_[\]|]/g, "\\$&");
}
