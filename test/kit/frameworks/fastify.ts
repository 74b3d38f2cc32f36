import { type FastifyReply, type FastifyRequest, fastify } from "fastify";
import type { Wire } from "../server/answer.ts";
import type { Clock } from "../server/clock.ts";
import { createDomain, type Handed, routes } from "./domain.ts";
import { type FrameworkServer, isPublic, logOf } from "./framework-server.ts";

/** The API on Fastify as its guide has it: a hook that asks for the credential, a route a method, no error handler of its own. */
export async function startFastify(clock?: Clock): Promise<FrameworkServer> {
  const domain = createDomain(clock);
  const app = fastify({ forceCloseConnections: true });
  const log = logOf(app.server);
  app.addHook("onRequest", async (request, reply) => {
    const refusal = isPublic(request.url) ? undefined : domain.refuse(handOver(request));
    if (refusal !== undefined) return send(reply, refusal);
  });
  for (const { method, path } of routes) {
    app.route({ method, url: path, handler: (request, reply) => send(reply, domain.serve(handOver(request))) });
  }
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return { url, store: domain.store, log, close: () => app.close() };
}

function handOver({ method, url, headers, body }: FastifyRequest): Handed {
  return { method, url, headers, body };
}

function send(reply: FastifyReply, { status, headers, text }: Wire): FastifyReply {
  for (const [name, value] of headers) reply.header(name, value);
  return reply.code(status).send(text === "" ? undefined : text);
}
