import { createServer } from "node:net";
import fc from "fast-check";
import { expect, it } from "vitest";
import { listen } from "../probe/wire/kit.ts";
import { dial, recordWhile } from "./kit.ts";

const requests = [
  "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
  'POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n{"a"',
  "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  "GET /d HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  "GET /e HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
  "POST /f HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx",
  "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
];
const answers = [
  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
  "HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n2\r\n{}\r\n0\r\nX-T: 1\r\n\r\n",
  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n",
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nabc",
  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nno",
  "HTTP/1.1 204 No Content\r\n\r\n",
  "HTTP/1.0 200 OK\r\n\r\nuntil the end",
];

/** A text with bytes lost, doubled, changed, or nothing of it at all. */
const broken = (texts: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...texts), fc.nat(200), fc.nat(30), fc.string({ maxLength: 12 }), fc.boolean())
    .map(([text, at, length, put, isWhole]) => (isWhole ? text : text.slice(0, at) + put + text.slice(at + length)));

it("whatever a client and a server send one another, the proxy goes on and the recording is whole", async () => {
  let next = "";
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => socket.end(next, "latin1"));
  });
  const { origin } = await listen(server);
  const { entries, report } = await recordWhile(origin, async (address, port) => {
    await fc.assert(
      fc.asyncProperty(broken(requests), broken(answers), fc.boolean(), async (request, answer, isReset) => {
        next = answer;
        const client = dial(port, request);
        const closed = new Promise((resolve) => client.socket.once("close", resolve));
        // Half a request is answered by nobody: then the client goes first.
        await Promise.race([
          new Promise((resolve) => client.socket.once("data", resolve)),
          closed,
          new Promise((resolve) => setTimeout(resolve, 25)),
        ]);
        if (isReset) client.socket.resetAndDestroy();
        else client.socket.end();
        await closed;
      }),
      { numRuns: 300 },
    );
    next = answers[0] as string;
    expect(await (await fetch(`${address}/sane`)).text()).toBe("ok");
  });
  expect(entries.at(-1)?.request.url).toBe(`${origin}/sane`);
  expect(report.faults.filter(({ severity }) => severity === "error")).toEqual([]);
  for (const { response, _error } of entries) expect(response.status > 0 || _error !== undefined).toBe(true);
});
