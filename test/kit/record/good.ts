import { jsonOf, type Session } from "./session.ts";

/** Both accounts at work, every operation, every row of the contract; the server keeps all its promises. */
export async function playGood(session: Session): Promise<void> {
  await findTheWayIn(session);
  const course = await makeCourse(session);
  await launchIt(session, course);
  await useItUp(session, course);
  await stayApart(session, course);
  await stumble(session);
  await waitForTheLimit(session);
  await tidyUp(session);
}

async function findTheWayIn({ send }: Session) {
  await send({ as: "anonymous", method: "GET", path: "/v1/health", comment: "health needs no credential" });
  await send({ as: "anonymous", method: "GET", path: "/v1/courses", comment: "401: no credential" });
  await send({ as: "nobody", method: "GET", path: "/v1/courses", comment: "401: a credential that opens nothing" });
  await send({ as: "alice", method: "GET", path: "/v1/lessons", comment: "404: unknown route, no code" });
  await send({ as: "alice", method: "GET", path: "/v1/courses" });
  await send({ as: "alice", method: "GET", path: "/v1/presets/pre_evenings" });
  await send({ as: "alice", method: "PATCH", path: "/v1/presets/pre_evenings", json: { name: "Evenings and nights" } });
}

async function makeCourse({ send }: Session): Promise<string> {
  const path = "/v1/courses";
  await send({ as: "alice", method: "POST", path, json: { preset_id: "pre_evenings" }, comment: "400: the title is missing" });
  await send({ as: "alice", method: "POST", path, text: '{"title": "Optics', comment: "400: the body is cut short" });
  await send({ as: "alice", method: "POST", path, text: "title=Optics", mediaType: "text/plain", comment: "400: the body is not JSON" });
  await send({ as: "alice", method: "POST", path, json: { title: "Optics", preset_id: "pre_mornings" }, comment: "404: no such preset" });
  await send({ as: "alice", method: "POST", path, json: { title: "Optics", preset_id: "pre_weekends" }, comment: "404: bob's preset" });
  const created = await send({ as: "alice", method: "POST", path, json: { title: "Optics", preset_id: "pre_evenings" } });
  const { id } = jsonOf(created) as { id: string };
  await send({ as: "alice", method: "GET", path: `/v1/courses/${id}` });
  await send({ as: "alice", method: "PATCH", path: `/v1/courses/${id}`, json: { title: "Optics for all" } });
  await send({ as: "alice", method: "PUT", path: `/v1/courses/${id}`, json: { title: "Optics" }, comment: "400: the table has no 405" });
  return id;
}

async function launchIt({ send }: Session, id: string) {
  const path = `/v1/courses/${id}/launch`;
  const generate = `/v1/courses/${id}/generate`;
  const key = "5f0c3a52-7b1d-4e86-9a43-2c1d0e9f8b71";
  await send({ as: "alice", method: "POST", path: generate, comment: "409: wrong state, another code" });
  await send({ as: "alice", method: "POST", path, probe: "launch-without-key", comment: "400: no Idempotency-Key" });
  await send({ as: "alice", method: "POST", path, json: { audience: "beginners" }, key });
  await send({ as: "alice", method: "POST", path, json: { audience: "beginners" }, key, comment: "the same launch: the existing course" });
  await send({
    as: "alice",
    method: "POST",
    path,
    json: { audience: "experts" },
    key,
    probe: "key-reused",
    comment: "409: the key was used for another launch",
  });
  await send({
    as: "alice",
    method: "POST",
    path,
    json: { audience: "beginners" },
    key: "c8d1e6f4-0b2a-4c7e-8d95-6a3f1b0e7c24",
    comment: "409: launched before",
  });
  await send({
    as: "alice",
    method: "PATCH",
    path: `/v1/courses/${id}`,
    json: { title: "Optics" },
    comment: "409: launched, not editable",
  });
}

async function useItUp({ send, wait }: Session, id: string) {
  const regenerate = { as: "alice", method: "POST", path: `/v1/courses/${id}/artifacts/regenerate` } as const;
  const generate = { as: "alice", method: "POST", path: `/v1/courses/${id}/generate` } as const;
  await send({ ...regenerate, json: { note: "Shorter." }, comment: "409: no artifacts yet" });
  await send(generate);
  await send({ as: "alice", method: "GET", path: `/v1/courses/${id}/artifacts` });
  for (const note of ["Shorter.", "More pictures."]) await send({ ...regenerate, json: { note } });
  await send({ ...regenerate, json: { note: "Fewer words." }, comment: "429: the cap on regenerations" });
  wait(90);
  for (let month = 0; month < 2; month++) await send(generate);
  await send({ ...generate, comment: "429: the month's generations are used up" });
}

async function stayApart({ send, wait }: Session, id: string) {
  wait(120);
  const theirs = `/v1/courses/${id}`;
  await send({ as: "bob", method: "GET", path: "/v1/presets/pre_weekends" });
  const created = await send({ as: "bob", method: "POST", path: "/v1/courses", json: { title: "Sailing", preset_id: "pre_weekends" } });
  await send({ as: "bob", method: "GET", path: `/v1/courses/${(jsonOf(created) as { id: string }).id}` });
  await send({ as: "alice", method: "GET", path: theirs });
  await send({ as: "bob", method: "GET", path: "/v1/courses/crs_nowhere1", comment: "404: no such course" });
  await send({ as: "bob", method: "GET", path: theirs, comment: "404: alice's course, the same answer" });
  await send({ as: "bob", method: "GET", path: `${theirs}/artifacts`, comment: "404: below alice's course" });
  await send({ as: "bob", method: "PATCH", path: theirs, text: '{"title":', comment: "404: before the body is looked at" });
  await send({
    as: "bob",
    method: "POST",
    path: `${theirs}/launch`,
    key: "0e9a7c55-3d42-4f18-b6a0-91c2d3e4f506",
    comment: "404: alice's course",
  });
  await send({ as: "bob", method: "DELETE", path: theirs, comment: "404: alice's course" });
  await send({ as: "alice", method: "GET", path: theirs, comment: "unharmed" });
  await send({ as: "alice", method: "GET", path: "/v1/courses/crs_nowhere1", comment: "404: nor has alice such a course" });
  await send({ as: "bob", method: "GET", path: "/v1/presets/pre_anywhere", comment: "404: no such preset" });
  await send({ as: "bob", method: "GET", path: "/v1/presets/pre_evenings", comment: "404: alice's preset, the same answer" });
  await send({ as: "alice", method: "GET", path: "/v1/presets/pre_evenings" });
}

async function stumble({ send, wait }: Session) {
  const crash = { as: "alice", method: "GET", path: "/v1/courses/crs_stumbles" } as const;
  await send({ ...crash, comment: "500: safe to retry" });
  wait(1.3);
  await send({ ...crash, comment: "500: once more, after a while" });
  wait(3.1);
  await send({ ...crash, comment: "500: and once more, after a longer while" });
}

async function waitForTheLimit({ server, send, wait }: Session) {
  server.spend("alice", 60);
  wait(17.2);
  const limited = await send({
    as: "alice",
    method: "GET",
    path: "/v1/courses",
    comment: "429: other clients of alice's used up the minute",
  });
  await send({ as: "bob", method: "GET", path: "/v1/courses", comment: "bob has a minute of his own" });
  wait(Number(limited.response.headers.find(([name]) => name === "Retry-After")?.[1]));
  await send({ as: "alice", method: "GET", path: "/v1/courses", comment: "served, after the wait it was told" });
}

async function tidyUp({ send }: Session) {
  await send({ as: "alice", method: "DELETE", path: "/v1/courses/crs_geometry" });
  await send({ as: "alice", method: "GET", path: "/v1/courses/crs_geometry", comment: "404: gone" });
  await send({ as: "alice", method: "HEAD", path: "/v1/courses/crs_geometry", comment: "404 without a body, for HEAD has none" });
}
