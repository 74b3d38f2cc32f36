import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { Notes } from "../../src/record/notes.ts";
import type { Passed } from "../../src/record/passed.ts";
import { startProxy } from "../../src/record/proxy.ts";
import { parseTarget } from "../../src/record/target.ts";
import { openUpstream } from "../../src/record/upstream.ts";
import { closeLater } from "../probe/wire/kit.ts";
import { unusedOrigin } from "./kit.ts";

describe("a target that turns out to be the proxy", () => {
  it.each(["127.0.0.1", "localhost"])("is asked nothing, by the name %s", async (name) => {
    const port = Number(new URL(await unusedOrigin()).port);
    const target = parseTarget(`http://${name}:${port}`);
    const upstream = openUpstream(target, {});
    const passed: Passed[] = [];
    const proxy = await startProxy({
      target,
      upstream,
      port,
      notes: new Notes(),
      limit: 1_000,
      now: Date.now,
      onPassed: (one) => passed.push(one),
      ready: () => undefined,
    });
    closeLater(() => upstream.close());
    closeLater(() => proxy.close(0));
    for (const headers of [{}, { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Key": "x" }])
      expect(await ask(port, headers)).toEqual([
        502,
        `envelint record: no answer from http://${name}:${port}: the target is this proxy itself\n`,
      ]);
    expect(passed.map(({ status, failure }) => [status, failure])).toEqual([
      [0, "the target is this proxy itself"],
      [0, "the target is this proxy itself"],
    ]);
  });
});

function ask(port: number, headers: Record<string, string>): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const out = request({ host: "127.0.0.1", port, method: "POST", headers }, async (res) =>
      resolve([res.statusCode, (await res.toArray()).join("")]),
    );
    out.once("error", reject);
    out.end(headers.Upgrade === undefined ? "{}" : undefined);
  });
}
