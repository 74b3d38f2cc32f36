import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Request, type Response } from "express";
import type { Wire } from "../server/answer.ts";
import type { Clock } from "../server/clock.ts";
import { createDomain, type Handed, routes } from "./domain.ts";
import { type FrameworkServer, isPublic, logOf } from "./framework-server.ts";

/** The API on Express as its guide has it: the body parser, then whoever asks for the credential, then routes; no error handler of its own. */
export async function startExpress(clock?: Clock): Promise<FrameworkServer> {
  const domain = createDomain(clock);
  const app = express();
  app.use(express.json());
  app.use((request, response, next) => {
    const refusal = isPublic(request.url) ? undefined : domain.refuse(handOver(request));
    if (refusal === undefined) next();
    else send(response, refusal);
  });
  for (const { method, path } of routes) {
    app[verbs[method] ?? "all"](path, (request, response) => send(response, domain.serve(handOver(request))));
  }
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store: domain.store,
    log: logOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const verbs: Readonly<Record<string, "get" | "post" | "patch" | "delete">> = { GET: "get", POST: "post", PATCH: "patch", DELETE: "delete" };

function handOver({ method, originalUrl, headers, body }: Request): Handed {
  return { method, url: originalUrl, headers, body };
}

function send(response: Response, { status, headers, text }: Wire): void {
  for (const [name, value] of headers) response.append(name, value);
  response.status(status).send(text);
}
