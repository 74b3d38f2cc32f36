import { everyError, type Habits } from "./client.ts";
import {
  create,
  createUntitled,
  found,
  generate,
  launch,
  listCourses,
  readCourse,
  readMissing,
  type Script,
  useUpMinute,
} from "./script.ts";
import { constant, equalJitter, exponential, fullJitter, nearlyConstant, obeying } from "./wait.ts";

const final = "client/retried-final";
const early = "client/retried-early";
const often = "client/retried-too-often";
const backoff = "client/retried-without-backoff";

/** Does not say that a 500 may be tried again. */
const silentOn500 = `envelint: 1
title: Courses
extends: builtin:course-api
errors: [{ name: server-error, status: 500, type: server_error, code: false }]`;

/** Once more, whatever was answered. */
const stubborn: Habits = { retriesOn: everyError, retries: 1, wait: fullJitter };

/** What is sent again that should not be, or too soon, or too often. */
export const wrongRetries: readonly Script[] = [
  {
    name: "a 400 sent again, with full jitter",
    finds: [found(final, "retried", 1, 2, 3)],
    play: (client) => client.call(createUntitled, { ...stubborn, retries: 3 }),
  },
  {
    name: "a 400 for the missing key sent again",
    finds: [found(final, "retried", 1), found("client/key-missing", "absent", 0, 1)],
    play: (client) => client.call(launch(undefined), stubborn),
  },
  {
    name: "a 401 sent again with the same credential",
    finds: [found(final, "retried", 1)],
    play: (client) => client.as("nobody").call(readCourse, stubborn),
  },
  {
    name: "a 404 of a course sent again",
    finds: [found(final, "retried", 1)],
    play: (client) => client.call(readMissing, stubborn),
  },
  {
    name: "a 404 of a preset sent again by PATCH",
    finds: [found(final, "retried", 1)],
    play: (client) => client.call({ method: "PATCH", path: "/v1/presets/pre_anywhere", json: { name: "Days" } }, stubborn),
  },
  {
    name: "a 404 of no address sent again by HEAD",
    finds: [found(final, "retried", 1)],
    play: (client) => client.call({ method: "HEAD", path: "/v1/lessons" }, stubborn),
  },
  {
    name: "a 404 sent again by DELETE",
    finds: [found(final, "retried", 1)],
    play: (client) => client.call({ method: "DELETE", path: "/v1/courses/crs_nowhere1" }, stubborn),
  },
  {
    name: "a 409 sent again with its key",
    finds: [found(final, "retried", 1)],
    play: (client) => client.call(launch(client.newKey(), "beginners", "crs_biology1"), stubborn),
  },
  {
    name: "a 409 of another code sent again by PATCH",
    finds: [found(final, "retried", 1)],
    play: (client) => client.call({ method: "PATCH", path: "/v1/courses/crs_biology1", json: { title: "Biology" } }, stubborn),
  },
  {
    name: "a quota that is used up, asked for again",
    finds: [found(final, "retried", 1, 2)],
    play(client) {
      client.session.server.store.generations.set("alice", 3);
      return client.call(generate, { ...stubborn, retries: 2 });
    },
  },
  {
    name: "a cap on regenerations, asked for again",
    finds: [found(final, "retried", 1)],
    play(client) {
      client.session.server.store.regenerations.set("alice", 2);
      const regenerate = { method: "POST", path: "/v1/courses/crs_geometry/artifacts/regenerate", json: { note: "Shorter." } };
      return client.call(regenerate, stubborn);
    },
  },
  {
    name: "a person who asks again after 45 s",
    finds: [found(final, "retriedLater", 1)],
    play: (client) => client.call(readMissing, { ...stubborn, wait: constant(45) }),
  },
  {
    name: "polling for what never comes",
    finds: [found(final, "retried", 1, 2, 3)],
    play: (client) => client.poll(readMissing, 4, 4),
  },
  {
    name: "a 404 sent again, nobody knows when",
    isUntimed: true,
    finds: [found(final, "retriedUntimed", 1)],
    play: (client) => client.call(readMissing, stubborn),
  },
  {
    name: "back 2 s before the wait is over",
    finds: [found(early, "early", 1)],
    play(client) {
      useUpMinute(client.session, 12);
      return client.call(readCourse, { retries: 1, wait: obeying(fullJitter, -2) });
    },
  },
  {
    name: "back 30 s before the wait is over",
    finds: [found(early, "early", 1)],
    play(client) {
      useUpMinute(client.session, 45);
      return client.call(readCourse, { retries: 1, wait: obeying(fullJitter, -30) });
    },
  },
  {
    name: "a POST back before the wait is over, with its key",
    finds: [found(early, "early", 1)],
    play(client) {
      useUpMinute(client.session, 20);
      return client.call(launch(client.newKey()), { retries: 1, wait: constant(3) });
    },
  },
  {
    name: "a wait that is not looked at, with backoff and jitter",
    finds: [found(early, "early", 1, 2, 3)],
    play(client) {
      useUpMinute(client.session, 60);
      return client.call(readCourse, { wait: equalJitter });
    },
  },
  {
    name: "other requests while the account is limited",
    finds: [found(early, "keptAsking", 1, 2)],
    async play(client) {
      useUpMinute(client.session, 40);
      await client.send(readCourse);
      client.pause(5);
      await client.send(listCourses);
      client.pause(8);
      await client.send(readMissing);
    },
  },
  {
    name: "a steady poll that a limit does not slow down",
    finds: [found(early, "polled", 6, 7)],
    async play(client) {
      await client.poll(readCourse, 5, 5);
      useUpMinute(client.session, 58);
      await client.poll(readCourse, 5, 3);
    },
  },
  {
    name: "five retries with full jitter",
    finds: [found(often, "tooOften", 4)],
    play(client) {
      client.session.server.fail(6);
      return client.call(readCourse, { retries: 5, wait: fullJitter });
    },
  },
  {
    name: "retries without end, of a POST with its key",
    finds: [found(often, "tooOften", 4)],
    play(client) {
      client.session.server.fail(20);
      return client.call(launch(client.newKey()), { retries: 9, wait: equalJitter });
    },
  },
  {
    name: "retries at once",
    finds: [found(backoff, "immediate", 2)],
    play(client) {
      client.session.server.fail(3);
      return client.call(readCourse, { retries: 2, wait: constant(0.06) });
    },
  },
  {
    name: "retries after the same wait each time",
    finds: [found(backoff, "constant", 3)],
    play(client) {
      client.session.server.fail(4);
      return client.call(readCourse, { wait: constant(2) });
    },
  },
  {
    name: "retries after nearly the same wait each time, of a DELETE",
    finds: [found(backoff, "constant", 3)],
    play(client) {
      client.session.server.fail(4);
      return client.call({ method: "DELETE", path: "/v1/courses/crs_algebra1" }, { wait: nearlyConstant(3) });
    },
  },
  {
    name: "retries at once and too many of them",
    finds: [found(backoff, "immediate", 6), found(often, "tooOften", 4)],
    play(client) {
      client.session.server.fail(7);
      return client.call(readCourse, { retries: 6, wait: constant(0.06) });
    },
  },
  {
    name: "an exponential backoff without jitter, chain after chain",
    finds: [found(backoff, "noJitter", 11)],
    async play(client) {
      for (let chain = 0; chain < 3; chain++) {
        client.session.server.fail(4);
        await client.call(readCourse, { wait: exponential });
        client.pause(200);
      }
    },
  },
  {
    name: "a creation repeated without a key after a connection that broke",
    finds: [found("client/unsafe-retry", "unanswered", 1)],
    async play(client) {
      await client.send({ ...create, isLost: true });
      client.pause(0.8);
      await client.call(create);
    },
  },
  {
    name: "a creation repeated without a key after a 500 of which nothing is said",
    contract: silentOn500,
    finds: [found("client/unsafe-retry", "failed", 1)],
    play(client) {
      client.session.server.fail(1);
      return client.call(create);
    },
  },
  {
    name: "a PATCH repeated without a key after a 500 of which nothing is said",
    contract: silentOn500,
    finds: [found("client/unsafe-retry", "failed", 1)],
    play(client) {
      client.session.server.fail(1);
      return client.call({ method: "PATCH", path: "/v1/courses/crs_algebra1", json: { title: "Algebra" } });
    },
  },
];
