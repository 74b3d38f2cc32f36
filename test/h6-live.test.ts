import { test } from "vitest";
import { writeFileSync } from "node:fs";
import { probeLive } from "./kit/live/probe-live.ts";
test("x", async () => {
  const t=performance.now();
  const live = await probeLive({ allowWrites: true, allowBurst: true, maxRequests: 2000, rules: [["envelope/extra-member","warning"]], plan: (s)=>s.replace("pace: 6000","pace: 6000, oversized: true") });
  console.log(performance.now()-t, live.log.length, live.report.probe?.stopped, live.report.unjudged);
  for (const f of live.report.findings) for (const s of f.samples.slice(0,3)) { const e = live.entries[s.entry]!; console.log(f.rule, f.note, f.severity, f.count, e._probe.probe, e.request.method, e.request.url, s.found, "|", (s as any).expected); }
  for (const r of [...live.report.coverage.rows, ...live.report.coverage.provisions]) console.log((r as any).row ?? (r as any).provision, r.verdict, r.seen, (r as any).reason ?? "", (r as any).note ?? "");
  for (const p of live.report.probe!.probes) console.log(p.probe, p.verdict, p.sent, p.reason ?? "");
  writeFileSync("/tmp/h6.har", live.recording);
});
