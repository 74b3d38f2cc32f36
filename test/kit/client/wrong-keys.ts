import type { Client } from "./client.ts";
import { addCourses, create, found, launch, listCourses, readCourse, type Script, useUpMinute } from "./script.ts";

const missing = "client/key-missing";
const changed = "client/key-changed-on-retry";
const reused = "client/key-reused";
const weak = "client/key-weak";
const inUrl = "client/credential-in-url";

/** Takes a key also where a course is made. */
const keysForCreation = `envelint: 1
title: Courses
extends: builtin:course-api
errors: []
operations: { createCourse: POST /v1/courses }
idempotency: { operations: { createCourse: optional, launchCourse: required }, missing: idempotency-key-required }`;

/** A launch for each key, of courses of their own, a few seconds apart. */
async function launchEach(client: Client, keys: readonly string[] | ((index: number) => string)): Promise<void> {
  const count = typeof keys === "function" ? 4 : keys.length;
  for (const [index, course] of addCourses(client.session, count).entries()) {
    await client.call(launch(typeof keys === "function" ? keys(index) : keys[index], "beginners", course));
    client.pause(3.7);
  }
}

/** What goes wrong with keys and credentials, and with the pace. */
export const wrongKeys: readonly Script[] = [
  {
    name: "a launch without a key",
    finds: [found(missing, "absent", 0)],
    play: (client) => client.call(launch(undefined)),
  },
  {
    name: "a launch with an empty key",
    finds: [found(missing, "empty", 0)],
    play: (client) => client.call(launch("")),
  },
  {
    name: "a new key after a 500",
    finds: [found(changed, "changed", 1)],
    play(client) {
      client.session.server.fail(1);
      return client.call(launch(client.newKey()), { retriedKey: (_, { newKey }) => newKey() });
    },
  },
  {
    name: "a new key after a connection that broke",
    finds: [found(changed, "changed", 1)],
    async play(client) {
      await client.send({ ...launch(client.newKey()), isLost: true });
      client.pause(1.3);
      await client.call(launch(client.newKey()), { retries: 0 });
    },
  },
  {
    name: "a new key after the wait of a limit",
    finds: [found(changed, "changed", 1)],
    play(client) {
      useUpMinute(client.session, 6);
      return client.call(launch(client.newKey()), { retriedKey: (_, { newKey }) => newKey() });
    },
  },
  {
    name: "no key any more after a 500",
    finds: [found(changed, "dropped", 1), found(missing, "absent", 1)],
    play(client) {
      client.session.server.fail(1);
      return client.call(launch(client.newKey()), { retriedKey: () => undefined });
    },
  },
  {
    name: "no key any more after a connection that broke",
    finds: [found(changed, "dropped", 1), found(missing, "absent", 1)],
    async play(client) {
      await client.send({ ...launch(client.newKey()), isLost: true });
      client.pause(1.3);
      await client.send(launch(undefined));
    },
  },
  {
    name: "a new key after a success, as after a double click",
    contract: keysForCreation,
    finds: [found(changed, "repeated", 1)],
    async play(client) {
      await client.call({ ...create, key: client.newKey() });
      client.pause(0.5);
      await client.call({ ...create, key: client.newKey() });
    },
  },
  {
    name: "one key for two courses",
    finds: [found(reused, "reused", 1)],
    async play(client) {
      const key = client.newKey();
      await launchEach(client, [key, key]);
    },
  },
  {
    name: "one key for two bodies",
    finds: [found(reused, "reused", 1)],
    async play(client) {
      const key = client.newKey();
      await client.call(launch(key, "beginners"));
      client.pause(2);
      await client.call(launch(key, "experts"));
    },
  },
  {
    name: "another body with the key of a request that may have been done",
    finds: [found(reused, "reused", 1)],
    async play(client) {
      const key = client.newKey();
      await client.send({ ...launch(key, "beginners"), isLost: true });
      client.pause(2);
      await client.call(launch(key, "experts"));
    },
  },
  {
    name: "keys that are a counter",
    finds: [found(weak, "counter", 1)],
    play: (client) => launchEach(client, (index) => `launch-request-00${17 + index}`),
  },
  {
    name: "keys that are a short counter",
    finds: [found(weak, "counter", 1)],
    play: (client) => launchEach(client, (index) => String(index + 1)),
  },
  {
    name: "keys that are the time",
    finds: [found(weak, "timestamp", 1)],
    play: (client) => launchEach(client, () => String(client.session.clock.now())),
  },
  {
    name: "keys that are the time, in words",
    finds: [found(weak, "timestamp", 1)],
    play: (client) => launchEach(client, () => `launch-${new Date(client.session.clock.now()).toISOString()}`),
  },
  {
    name: "short keys",
    finds: [found(weak, "short", 1)],
    play: (client) => launchEach(client, ["x7Qp2", "Lm9Kw04", "bR3tY"]),
  },
  {
    name: "always the same key",
    finds: [found(weak, "constant", 1), found(reused, "reused", 1, 2, 3)],
    play: (client) => launchEach(client, () => "the-key-of-our-application"),
  },
  {
    name: "more requests than the limit allows",
    finds: [found("client/over-limit", "exceeded", 60)],
    async play(client) {
      for (let sent = 0; sent < 61; sent++) {
        await client.send(readCourse);
        client.pause(0.5);
      }
    },
  },
  {
    name: "more requests than the limit allows, all at once",
    finds: [found("client/over-limit", "exceeded", 60)],
    play: (client) => client.sendAtOnce(new Array(64).fill({ ...listCourses, took: 2_000 })),
  },
  {
    name: "its own token in the query too",
    finds: [found(inUrl, "declared", 0)],
    play: (client) => client.call({ ...listCourses, path: `${listCourses.path}?page=2&k=kit-secret-of-alice` }),
  },
  {
    name: "a token in the query, by its name",
    finds: [found(inUrl, "named", 0)],
    play: (client) => client.as("anonymous").call({ ...listCourses, path: `${listCourses.path}?access_token=9Qm3vT0xk9LrWz2uYpN6` }),
  },
  {
    name: "a secret of another service in the query, by its shape",
    finds: [found(inUrl, "shaped", 0)],
    play: (client) =>
      client.call({ ...listCourses, path: `${listCourses.path}?ref=${["ghp_", "9Qm3vT0xk9LrWz2uYpN6sD1fGhJ8aKcVeB4n"].join("")}` }),
  },
  {
    name: "all of it in one session",
    finds: [
      found(missing, "absent", 0),
      found("client/retried-final", "retried", 2),
      found("client/retried-too-often", "tooOften", 7),
      found(reused, "reused", 9),
    ],
    async play(client) {
      await client.call(launch(undefined));
      client.pause(300);
      await client.send({ method: "GET", path: "/v1/presets/pre_anywhere" });
      client.pause(1);
      await client.send({ method: "GET", path: "/v1/presets/pre_anywhere" });
      client.pause(300);
      client.session.server.fail(5);
      await client.call(readCourse, { retries: 4 });
      client.pause(300);
      const key = client.newKey();
      await launchEach(client, [key, key]);
    },
  },
];
