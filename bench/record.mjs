// What `envelint record` adds to a request: the same keep-alive requests straight to a server and by way of the proxy, in turn, in one run.
// Server, proxy and client are three processes, as in use. The package must be built.
//   npm run build && node bench/record.mjs [--requests 2000] [--built ../dist]
import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "2000" },
    built: { type: "string", default: "../dist" },
    part: { type: "string" },
    target: { type: "string" },
  },
});

if (values.part === "server") await serve();
else if (values.part === "proxy") await proxy();
else await measure();

async function serve() {
  const small = JSON.stringify({ id: "ord_1", item: "tea", quantity: 2, status: "open" });
  const large = JSON.stringify(Array.from({ length: 16_000 }, (_, id) => ({ id, text: "an item of a list, as long as this one" }))).slice(
    0,
    1 << 20,
  );
  const server = createServer((req, res) => {
    const body =
      req.url === "/large"
        ? large
        : req.url === "/error"
          ? '{"type":"error","error":{"type":"not_found_error","code":"course_not_found"}}'
          : small;
    res.writeHead(req.url === "/error" ? 404 : 200, { "Content-Type": "application/json", "Content-Length": body.length });
    res.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  process.send?.(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
}

async function proxy() {
  const { record } = await import(new URL(`${values.built}/src/index.js`, import.meta.url).href);
  const { report } = await record({
    target: values.target ?? "",
    command: async (/** @type {string} */ address) => {
      process.send?.(Number(new URL(address).port));
      await once(process, "message");
    },
  });
  process.send?.({ exchanges: report.seen.exchanges, rss: process.resourceUsage().maxRSS });
  process.disconnect();
}

async function measure() {
  const here = fileURLToPath(import.meta.url);
  const server = fork(here, ["--part", "server"]);
  const [direct] = await once(server, "message");
  const recorder = fork(here, ["--part", "proxy", "--target", `http://127.0.0.1:${direct}`, "--built", values.built]);
  const [through] = await once(recorder, "message");

  const agents = { direct: new Agent({ keepAlive: true, maxSockets: 1 }), through: new Agent({ keepAlive: true, maxSockets: 1 }) };
  const ports = { direct, through };
  /** Milliseconds to the last byte. */
  const ask = (/** @type {"direct" | "through"} */ way, /** @type {string} */ path) =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      request(
        { port: ports[way], host: "127.0.0.1", path, agent: agents[way], headers: { Authorization: "Bearer key_9Qm3vT0xk9LrWz2u" } },
        (res) => {
          res.on("data", () => {});
          res.on("end", () => resolve(performance.now() - begun));
        },
      )
        .on("error", reject)
        .end();
    });

  console.log("kind         way      median      p95   (milliseconds to the last byte, keep-alive, one after the other)");
  for (const [path, requests] of [
    ["/small", Number(values.requests)],
    ["/error", Number(values.requests)],
    ["/large", Math.ceil(Number(values.requests) / 10)],
  ]) {
    /** @type {Record<"direct" | "through", number[]>} */
    const times = { direct: [], through: [] };
    for (let index = -50; index < requests; index++)
      for (const way of /** @type {const} */ (index % 2 === 0 ? ["direct", "through"] : ["through", "direct"])) {
        const time = await ask(way, String(path));
        if (index >= 0) times[way].push(time);
      }
    for (const way of /** @type {const} */ (["direct", "through"])) {
      times[way].sort((a, b) => a - b);
      const at = (/** @type {number} */ part) => (times[way][Math.floor(times[way].length * part)] ?? 0).toFixed(3).padStart(8);
      console.log(`${String(path).padEnd(12)} ${way.padEnd(8)} ${at(0.5)} ${at(0.95)}`);
    }
  }
  recorder.send("end");
  const [{ exchanges, rss }] = await once(recorder, "message");
  console.log(`${exchanges} exchanges recorded; the recorder's memory was ${Math.round(rss / 1024)} MB at the most.`);
  for (const agent of Object.values(agents)) agent.destroy();
  server.kill();
}
