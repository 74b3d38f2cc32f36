import { type ClientRequest, type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { clientLines } from "./client-view.ts";
import { Closed, describeFailure } from "./describe-failure.ts";
import { endToEnd, pairUp, requestLines, valuesOf } from "./fields.ts";
import { refuseWith, type Way } from "./forward.ts";
import { Tape } from "./passed.ts";

/**
 * Passes on a request that asks for another protocol (RFC 9110, 7.8). Where the target agrees both sides are joined and nothing is looked at;
 * where it answers as usual, so does this.
 *
 * @param onJoined Told of the target's side once both are joined.
 */
export function forwardUpgrade(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  path: string,
  way: Way,
  onJoined: (side: Duplex) => void,
): void {
  const { target, upstream } = way;
  const lines = pairUp(req.rawHeaders);
  const passed = requestLines(lines, target.authority).filter(([name]) => !/^(?:te|connection)$/i.test(name));
  const headers = [...passed, ...lines.filter(([name]) => /^(?:connection|upgrade)$/i.test(name))];
  const request = {
    method: req.method ?? "GET",
    url: `${target.origin}${path}`,
    httpVersion: `HTTP/${req.httpVersion}`,
    requestHeaders: headers,
  };
  const tape = new Tape(request, way.limit, way.now);
  let isOver = false;
  let isConnected = false;
  const finish = (failure: string | undefined, isCut: boolean) => {
    if (!isOver) way.onPassed(tape.end(failure, isCut));
    isOver = true;
  };
  let res: ServerResponse | undefined;
  const fail = (error: unknown) => {
    if (isOver) return;
    const failure = describeFailure(error, {
      isConnected,
      hasHead: res !== undefined,
      isReused: out?.reusedSocket ?? false,
      host: target.hostname,
    });
    finish(failure, true);
    if (res?.headersSent) socket.destroy();
    else refuseWith(res ?? answerOn(req, socket), 502, `no answer from ${target.origin}: ${failure}`, true);
  };
  socket.on("error", () => out?.destroy());
  socket.once("close", () => {
    finish(tape.status === 0 ? "the client left before the answer" : undefined, true);
    out?.destroy();
  });
  let out: ClientRequest | undefined;
  try {
    out = upstream.begin({ method: request.method, path, headers });
  } catch (error) {
    fail(error);
    return;
  }
  const sent = out;
  sent.once("socket", (own) => {
    const ready = () => {
      isConnected = true;
      tape.connected(!sent.reusedSocket, own.remoteAddress);
    };
    if (own.connecting) own.once(target.isSecure ? "secureConnect" : "connect", ready);
    else ready();
  });
  sent.once("finish", () => tape.sent());
  sent.once("upgrade", (answer, other, rest) => {
    const all = pairUp(answer.rawHeaders);
    tape.answered(answer.statusCode ?? 101, answer.statusMessage ?? "", `HTTP/${answer.httpVersion}`, all);
    finish(undefined, false);
    const written = all.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    socket.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${written}\r\n`, "latin1");
    join(socket, other);
    if (rest.length > 0) socket.write(rest);
    if (head.length > 0) other.write(head);
    onJoined(other);
  });
  sent.once("response", (answer) => {
    const all = pairUp(answer.rawHeaders);
    tape.answered(answer.statusCode ?? 0, answer.statusMessage ?? "", `HTTP/${answer.httpVersion}`, all);
    res = answerOn(req, socket);
    // What says why the upgrade is refused belongs to it (RFC 9110, 15.5.22).
    const upgrade = valuesOf(all, "upgrade").map((value) => ["Upgrade", value] as const);
    const connection = ["Connection", upgrade.length > 0 ? "upgrade, close" : "close"] as const;
    try {
      res.writeHead(
        answer.statusCode ?? 0,
        answer.statusMessage ?? "",
        [...clientLines(all, target, req.headers.host ?? ""), ...upgrade, connection].flat(),
      );
    } catch (error) {
      sent.destroy();
      fail(error);
      return;
    }
    answer.on("data", (chunk: Buffer) => tape.responseBody.take(chunk));
    answer.pipe(res);
    answer.once("end", () => finish(undefined, false));
    answer.once("error", fail);
  });
  sent.on("error", fail);
  sent.once("close", () => {
    if (tape.status === 0) fail(new Closed());
  });
  sent.end();
}

/** The answer to a request whose connection the server has let go. */
function answerOn(req: IncomingMessage, socket: Duplex): ServerResponse {
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.sendDate = false;
  res.useChunkedEncodingByDefault = false;
  res.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
  res.once("finish", () => socket.end());
  return res;
}

function join(one: Duplex, other: Duplex): void {
  one.pipe(other);
  other.pipe(one);
  for (const [side, opposite] of [
    [one, other],
    [other, one],
  ] as const) {
    side.on("error", () => opposite.destroy());
    side.once("close", () => opposite.destroy());
  }
}

/**
 * Has a request that asks for HTTP/2 (`Upgrade: h2c`) read again as if it did not: a server may pass over that wish (RFC 9110, 7.8), and
 * what went on in HTTP/2 would not be seen.
 */
export function withoutUpgrade(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = endToEnd(pairUp(req.rawHeaders)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.unshift(head);
  socket.unshift(Buffer.from(`${req.method} ${req.url} HTTP/${req.httpVersion}\r\n${lines.join("")}\r\n`, "latin1"));
  server.emit("connection", socket);
}
