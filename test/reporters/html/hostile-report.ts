import type { Report } from "../../../src/model/report.ts";
import { findingOf, gatedReportOf, reportOf, sampleOf } from "../sample-report.ts";

const deed = "window.__pwned=1";

/** What would run, load or break out of where it stands, if it were taken for markup, script, style or an address. */
export const attacks = [
  `<script>${deed}</script>`,
  `</script><script>${deed}</script>`,
  `</style><script>${deed}</script>`,
  `</title><script>${deed}</script>`,
  `</noscript><script>${deed}</script>`,
  `</textarea></select></option></pre></code><script>${deed}</script>`,
  `<!--<script>`,
  `--><script>${deed}</script>`,
  `]]><script>${deed}</script>`,
  `<img src=x onerror=${deed}>`,
  `"><svg onload=${deed}>`,
  `'><details open ontoggle=${deed}>`,
  `" autofocus onfocus=${deed} x="`,
  `' style='background:url(https://evil.example/)' onmouseover='${deed}`,
  `javascript:${deed}`,
  `data:text/html,<script>${deed}</script>`,
  `<iframe srcdoc="<script>parent.${deed.replace("window.", "")}</script>"></iframe>`,
  `<link rel=stylesheet href=https://evil.example/x.css>`,
  `<style>*{background:url(https://evil.example/)}</style>`,
  `}*{background:url(https://evil.example/)}/*`,
  `\${${deed}}`,
  `\`;${deed};\``,
  `";${deed};//`,
  `\u2028${deed}//`,
  `\u2029${deed}//`,
  `\\u003cscript>${deed}\\u003c/script>`,
  `&lt;script&gt;${deed}&lt;/script&gt;`,
  `{{constructor.constructor('${deed}')()}}`,
  "__proto__",
  "constructor",
  "\ud800",
  "\u202e\u2066\u0000\u001b[2J",
  `#finding-x"><script>${deed}</script>`,
  "%E0%A4%A",
] as const;

/** Words of the report's own, which no stranger chooses. */
const own: ReadonlySet<string> = new Set(["severity", "subject", "verdict", "command", "kind", "of", "state", "startedAt", "endedAt"]);

/** A report with a bit of everything, all that a stranger can write in it replaced. */
export function hostileReport(write: () => string): Report {
  const plain = gatedReportOf({
    unjudged: ["x", "x"],
    findings: [
      findingOf({ samples: [sampleOf({ asked: "x", curl: "x", related: [{ capture: "bad.har", entry: 13 }] })] }),
      ...reportOf().findings,
      findingOf({ samples: [sampleOf({ place: { kind: "url" } }), sampleOf({ entry: 13, place: { kind: "body", pointer: "" } })] }),
    ],
    probe: {
      target: "x",
      plan: "x",
      sent: 1,
      budget: 2,
      unsent: 1,
      stopped: "x",
      made: ["x"],
      probes: [{ probe: "x", verdict: "fail", sent: 1, reason: "x" }],
    },
  });
  const captures = new Map<string, string>();
  const replace = (value: unknown, name: string): unknown => {
    if (typeof value === "string") {
      if (own.has(name)) return value;
      if (name !== "capture") return write();
      // Exchanges are found by their capture's name.
      captures.set(value, captures.get(value) ?? write());
      return captures.get(value);
    }
    if (Array.isArray(value)) return value.map((item) => replace(item, ""));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replace(member, key)]));
  };
  return replace(plain, "") as Report;
}
