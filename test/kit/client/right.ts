import { type Habits, retryAfter } from "./client.ts";
import { seeded, timedUuid, ulid, uuid } from "./random.ts";
import {
  addCourses,
  create,
  createUntitled,
  generate,
  launch,
  listCourses,
  readCourse,
  readMissing,
  rename,
  type Script,
  useUpMinute,
} from "./script.ts";
import { decorrelatedJitter, equalJitter, fullJitter, obeying } from "./wait.ts";

const month = 31 * 24 * 3_600;
const once: Habits = { retries: 0 };

const scripts: Readonly<Record<string, Script["play"]>> = {
  async "three retries with full jitter, and then served"(client) {
    client.session.server.fail(3);
    await client.call(readCourse, { wait: fullJitter });
  },
  async "full jitter, chain after chain"(client) {
    for (let chain = 0; chain < 6; chain++) {
      client.session.server.fail(3);
      await client.call(readCourse, { wait: fullJitter });
      client.pause(200);
    }
  },
  async "equal jitter, chain after chain"(client) {
    for (let chain = 0; chain < 4; chain++) {
      client.session.server.fail(3);
      await client.call(readCourse, { wait: equalJitter });
      client.pause(200);
    }
  },
  async "decorrelated jitter, chain after chain"(client) {
    for (let chain = 0; chain < 5; chain++) {
      client.session.server.fail(3);
      await client.call(readCourse, { wait: decorrelatedJitter });
      client.pause(200);
    }
  },
  async "three retries exactly, and then no more"(client) {
    client.session.server.fail(4);
    await client.call(readCourse);
    client.pause(4);
    await client.call(listCourses);
  },
  async "three retries, and a person who tries again after some minutes"(client) {
    client.session.server.fail(4);
    await client.call(readCourse);
    client.pause(400);
    await client.call(readCourse);
  },
  async "a request repaired after 400"(client) {
    await client.call(createUntitled);
    client.pause(3);
    await client.call(create);
  },
  async "a launch repaired after 400, with its key"(client) {
    const key = client.newKey();
    await client.call({ ...launch(key), json: { audience: 7 } });
    client.pause(2);
    await client.call(launch(key));
  },
  async "a launch repaired after 400, with a new key"(client) {
    await client.call({ ...launch(client.newKey()), json: { audience: 7 } });
    client.pause(2);
    await client.call(launch(client.newKey()));
  },
  async "a body cut short, sent whole"(client) {
    await client.call({ method: "POST", path: "/v1/courses", text: '{"title": "Optics' });
    await client.call(create);
  },
  async "a quota, and the same again next month"(client) {
    client.session.server.store.generations.set("alice", 3);
    await client.call(generate);
    client.pause(month);
    client.session.server.store.generations.set("alice", 0);
    await client.call(generate);
  },
  async "a cap on regenerations, and another note next month"(client) {
    const regenerate = { method: "POST", path: "/v1/courses/crs_geometry/artifacts/regenerate" };
    client.session.server.store.regenerations.set("alice", 2);
    await client.call({ ...regenerate, json: { note: "Shorter." } });
    client.pause(month);
    client.session.server.store.regenerations.set("alice", 0);
    await client.call({ ...regenerate, json: { note: "Shorter." } });
  },
  async "the exact wait of a limit"(client) {
    useUpMinute(client.session, 17);
    await client.call(readCourse, { wait: obeying(fullJitter) });
  },
  async "a little more than the wait of a limit, with jitter"(client) {
    useUpMinute(client.session, 30);
    const { random } = client;
    await client.call(readCourse, { wait: (turn) => (turn.asked ?? 1) + 3 * random() });
  },
  async "the wait of a limit, then a 500 and a backoff"(client) {
    useUpMinute(client.session, 9);
    const limited = await client.send(readCourse);
    client.pause(retryAfter(limited) ?? 0);
    client.session.server.fail(2);
    await client.call(readCourse);
  },
  async "half a second less than the wait of a limit, which is in whole seconds"(client) {
    useUpMinute(client.session, 11);
    await client.call(readCourse, { wait: obeying(fullJitter, -0.5) });
  },
  async "a health check with its credential while the account is limited"(client) {
    useUpMinute(client.session, 25);
    await client.send(readCourse);
    client.pause(5);
    await client.send({ method: "GET", path: "/v1/health" });
    client.pause(21);
    await client.call(readCourse);
  },
  async "requests under way when the limit is reached"(client) {
    useUpMinute(client.session, 20);
    const reads = [readCourse, listCourses, readMissing, { method: "GET", path: "/v1/presets/pre_evenings" }];
    const [limited] = await client.sendAtOnce(reads.map((read) => ({ ...read, took: 120 })));
    client.pause(limited === undefined ? 0 : (retryAfter(limited) ?? 0) + 1);
    for (const read of reads) {
      await client.call(read);
      client.pause(0.4);
    }
  },
  async "the health check of a monitor while the account is limited"(client) {
    useUpMinute(client.session, 25);
    await client.send(readCourse);
    await client.as("anonymous").poll({ method: "GET", path: "/v1/health" }, 5, 4);
    client.pause(6);
    await client.call(readCourse);
  },
  async "another account while the first is limited"(client) {
    useUpMinute(client.session, 25);
    await client.send(readCourse);
    client.pause(5);
    await client.as("bob").call(listCourses);
    client.pause(21);
    await client.call(readCourse);
  },
  async "a creation without a key, again after the wait of a limit"(client) {
    useUpMinute(client.session, 12);
    await client.call(create);
  },
  async "a creation without a key, again after a 500, as the contract allows"(client) {
    client.session.server.fail(1);
    await client.call(create);
  },
  async "polling of successes"(client) {
    await client.poll(readCourse, 2, 12);
  },
  async "polling until what is watched is gone"(client) {
    await client.poll(readCourse, 2, 6);
    client.session.server.store.courses.delete("crs_algebra1");
    await client.send(readCourse);
  },
  async "two pages that poll, each at its own pace, until what they watch is gone"(client) {
    for (let round = 0; round < 5; round++) {
      await client.poll(readCourse, 2.5, 2);
      await client.send({ ...readCourse, took: 5 });
    }
    client.session.server.store.courses.delete("crs_algebra1");
    await client.poll(readCourse, 2.5, 2);
  },
  async "a connection found closed, and the browser's own second sending"(client) {
    await client.send({ ...readCourse, isLost: true });
    client.pause(0.005);
    await client.send(readCourse);
  },
  async "a steady poll that meets an error now and then"(client) {
    for (let round = 0; round < 3; round++) {
      await client.poll(readCourse, 5, 5);
      client.session.server.fail(1);
    }
    await client.poll(readCourse, 5, 5);
  },
  async "a page loaded again after 15 minutes"(client) {
    await client.send(readMissing);
    client.pause(900);
    await client.send(readMissing);
  },
  async "two accounts that ask for the same missing course"(client) {
    await client.send(readMissing);
    client.pause(0.3);
    await client.as("bob").send(readMissing);
  },
  async "many missing courses, each once"(client) {
    for (const id of ["a", "b", "c", "d"]) {
      await client.call({ method: "GET", path: `/v1/courses/crs_lost${id}` });
      client.pause(0.2);
    }
  },
  async "a token that is refreshed after 401"(client) {
    await client.as("nobody").send(readCourse);
    client.pause(0.2);
    await client.send(readCourse);
  },
  async "the same key after a 500"(client) {
    client.session.server.fail(2);
    await client.call(launch(client.newKey()));
  },
  async "the same key after a connection that broke"(client) {
    const key = client.newKey();
    await client.send({ ...launch(key), isLost: true });
    client.pause(0.9);
    await client.call(launch(key));
  },
  async "the same key after the wait of a limit"(client) {
    useUpMinute(client.session, 8);
    await client.call(launch(client.newKey()));
  },
  async "a double click, with one key"(client) {
    const request = { ...launch(client.newKey()), took: 90 };
    await client.sendAtOnce([request, request], 40);
  },
  async "identical requests at once"(client) {
    await client.sendAtOnce(new Array(4).fill({ ...readMissing, took: 80 }));
    await client.sendAtOnce(new Array(4).fill({ ...readCourse, took: 80 }));
  },
  async "a deletion, and a look whether it is gone"(client) {
    await client.call({ method: "DELETE", path: "/v1/courses/crs_algebra1" });
    await client.call(readCourse);
  },
  async "a deletion whose answer was lost, again"(client) {
    const remove = { method: "DELETE", path: "/v1/courses/crs_algebra1" };
    await client.send({ ...remove, isLost: true });
    client.pause(1.2);
    await client.call(remove);
  },
  async "a read whose answer was lost, again"(client) {
    await client.send({ ...readCourse, isLost: true });
    client.pause(0.7);
    await client.send({ ...readCourse, isLost: true });
    client.pause(2.3);
    await client.call(readCourse);
  },
  async "a wrong state, put right, and the same again"(client) {
    const start = { method: "POST", path: "/v1/courses/crs_algebra1/generate" };
    await client.call(start, once);
    client.pause(1);
    await client.call(launch(client.newKey()));
    await client.call(start, once);
  },
  async "a conflict, and a look at the state"(client) {
    await client.call({ method: "PATCH", path: "/v1/courses/crs_biology1", json: { title: "Biology" } });
    await client.call({ method: "GET", path: "/v1/courses/crs_biology1" });
  },
  async "polling for what does not exist yet"(client) {
    const read = { method: "GET", path: "/v1/courses/crs_opticsa" };
    await client.poll(read, 4, 3);
    addCourses(client.session, 1);
    await client.send(read);
  },
  async "a course that is there after another account did something"(client) {
    const read = { method: "GET", path: "/v1/courses/crs_opticsa" };
    await client.send(read);
    client.pause(3);
    await client.as("bob").call(launch(client.newKey(), "beginners", "crs_calculus"));
    addCourses(client.session, 1);
    client.pause(3);
    await client.send(read);
  },
  async "two alike, of which one is retried with its own key"(client) {
    const [one, other] = [client.newKey(), client.newKey()];
    client.session.server.fail(1);
    await client.send(launch(one));
    client.pause(0.6);
    await client.send(launch(other));
    client.pause(0.8);
    await client.send(launch(one));
  },
  async "page after page"(client) {
    for (const page of [
      "",
      "?page_token=eyJvIjoyMH0",
      "?page_token=eyJvIjo0MH0&pageToken=9Qm3vT0xk9LrWz2uYpN6",
      "?continuation=8f3a91c07be24d56a1b2",
    ]) {
      await client.call({ method: "GET", path: `/v1/courses${page}` });
      client.pause(0.3);
    }
  },
  async "conditional requests"(client) {
    for (const tag of ['"1"', '"1"', '"2"']) {
      await client.call({ ...readCourse, headers: [["If-None-Match", tag]] });
      client.pause(4);
    }
  },
  async "as many requests as the limit allows"(client) {
    for (let sent = 0; sent < 61; sent++) {
      const { time } = await client.send(readCourse);
      client.pause(1 - time / 1000);
    }
  },
  async "a new random key for each launch"(client) {
    const now = client.session.clock.now();
    const chance = seeded(11);
    const keys = [uuid(chance), uuid(chance), timedUuid(chance, now), timedUuid(chance, now + 1), ulid(chance, now), ulid(chance, now + 1)];
    for (const [index, course] of addCourses(client.session, keys.length).entries()) {
      await client.call(launch(keys[index], "beginners", course));
      client.pause(1.1);
    }
  },
  async "keys made of long order numbers and of digests"(client) {
    const keys = [
      "order-84719203375601928",
      "order-20387465512983746",
      "8f3a91c07be24d56a1b2c3d4e5f60718",
      "29304152637485960a1b2c3d4e5f6071",
    ];
    for (const [index, course] of addCourses(client.session, keys.length).entries()) {
      await client.call(launch(keys[index], "beginners", course));
      client.pause(1.1);
    }
  },
  async "one key of two accounts"(client) {
    const key = client.newKey();
    await client.call(launch(key));
    client.pause(1);
    await client.as("bob").call(launch(key, "beginners", "crs_calculus"));
  },
  async "probes, which are nobody's conduct"(client) {
    const probe = "twice-without-key";
    await client.send({ ...launch(undefined), probe });
    await client.send({ ...launch(undefined), probe });
    await client.send({ ...readMissing, path: `${readMissing.path}?access_token=9Qm3vT0xk9LrWz2uYpN6`, probe });
    await client.call(rename);
  },
};

export const rightConduct: readonly Script[] = Object.entries(scripts).map(([name, play]) => ({ name, play, finds: [] }));
