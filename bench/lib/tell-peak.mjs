// Loaded into a Node that is measured where there is no GNU time: writes its peak, in KiB, when it exits.
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  let peak = process.resourceUsage().maxRSS;
  try {
    // Where there is a /proc this is exact; maxRSS begins with the memory of the parent.
    peak = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? peak);
  } catch {
    // Another system than Linux.
  }
  writeFileSync(process.env.BENCH_PEAK_FILE ?? "", String(peak));
});
