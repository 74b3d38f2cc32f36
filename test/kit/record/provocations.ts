import { createHash } from "node:crypto";
import type { Provocation } from "../server/fault.ts";
import { type Exchange, jsonOf, type Sender, type Session, type Step } from "./session.ts";

/**
 * What a client does to make a fault show, from a server in any state. Gives the exchange in which it shows.
 * `salt` (four digits) keeps one provocation's resources apart from another's.
 */
export type Provoke = (session: Session, salt: string) => Promise<Exchange>;

export const provocations: Readonly<Record<Provocation, Provoke>> = {
  "bad credential": ({ send }) => send({ as: "nobody", method: "GET", path: "/v1/courses/crs_algebra1", probe: "auth/invalid" }),

  "bad field": ({ send }, salt) =>
    send({ as: "alice", method: "POST", path: "/v1/courses", json: { preset_id: "pre_evenings", subtitle: `Part ${salt}` } }),

  "bad JSON": ({ send }) => send({ as: "alice", method: "POST", path: "/v1/courses", text: '{"title":' }),

  async burst({ send, wait }) {
    wait(60);
    const probe = { as: "alice", method: "GET", path: "/v1/courses", probe: "burst" } as const;
    for (let sent = 1; sent < 122; sent++) await send(probe);
    return send(probe);
  },

  crash: ({ send }) => send({ as: "alice", method: "GET", path: "/v1/courses/crs_stumbles" }),

  "edit launched": ({ send }, salt) =>
    send({ as: "alice", method: "PATCH", path: "/v1/courses/crs_biology1", json: { title: `Biology, edition ${salt}` } }),

  async "foreign bad body"(session, salt) {
    const id = await create(session, "alice", salt);
    await read(session, "alice", id);
    await session.send({ as: "bob", method: "PATCH", path: `/v1/courses/crs_lost${salt}`, text: '{"title":' });
    const shown = await session.send({ as: "bob", method: "PATCH", path: `/v1/courses/${id}`, text: '{"title":' });
    await read(session, "alice", id);
    return shown;
  },

  async "foreign course"(session, salt) {
    const id = await create(session, "alice", salt);
    return read(session, "bob", id);
  },

  async "foreign course proved"(session, salt) {
    const id = await create(session, "alice", salt);
    await read(session, "alice", id);
    for (const letter of ["a", "b"]) await read(session, "bob", `crs_lost${salt}${letter}`);
    const shown = await read(session, "bob", id);
    await read(session, "alice", id);
    return shown;
  },

  "foreign preset": ({ send }) => send({ as: "bob", method: "GET", path: "/v1/presets/pre_evenings" }),

  async "from a page"(session, salt) {
    await read(session, "alice", "crs_algebra1", page);
    return read(session, "alice", `crs_lost${salt}`, page);
  },

  async "from a page, limited"(session) {
    session.server.spend("alice", 60);
    return read(session, "alice", "crs_algebra1", page);
  },

  async head(session) {
    const { index } = await session.send({ as: "alice", method: "HEAD", path: "/v1/courses/crs_algebra1" });
    await read(session, "alice", "crs_algebra1");
    return session.log[index] as Exchange;
  },

  async "key of another"(session, salt) {
    await launch(session, "alice", await create(session, "alice", salt), keyFor(`shared ${salt}`));
    return launch(session, "bob", await create(session, "bob", salt), keyFor(`shared ${salt}`), "key-of-another");
  },

  async launch(session, salt) {
    return launch(session, "alice", await create(session, "alice", salt), keyFor(`first ${salt}`));
  },

  async "launch again"(session, salt) {
    const id = await create(session, "alice", salt);
    await launch(session, "alice", id, keyFor(`before ${salt}`));
    return launch(session, "alice", id, keyFor(`after ${salt}`));
  },

  async "launch without key"(session, salt) {
    const id = await create(session, "alice", salt);
    return session.send({ as: "alice", method: "POST", path: `/v1/courses/${id}/launch`, probe: "launch-without-key" });
  },

  "markup in path": ({ send }, salt) => send({ as: "alice", method: "GET", path: `/v1/lessons/%3Ci%3E${salt}%3C%2Fi%3E` }),

  "missing course": (session, salt) => read(session, "alice", `crs_lost${salt}`),

  "missing preset": ({ send }, salt) => send({ as: "alice", method: "GET", path: `/v1/presets/pre_lost${salt}` }),

  "no credential": ({ send }) => send({ as: "anonymous", method: "GET", path: "/v1/courses/crs_algebra1" }),

  "no credential, bad body": ({ send }) =>
    send({ as: "anonymous", method: "PATCH", path: "/v1/courses/crs_algebra1", text: '{"title":', probe: "auth/order" }),

  quota({ server, send }) {
    server.store.generations.set("alice", 3);
    return send({ as: "alice", method: "POST", path: "/v1/courses/crs_biology1/generate" });
  },

  "rate limit"(session) {
    session.server.spend("alice", 60);
    return read(session, "alice", "crs_algebra1");
  },

  async "rate limit waited out"(session) {
    session.server.spend("alice", 60);
    await read(session, "alice", "crs_algebra1");
    session.wait(62);
    return read(session, "alice", "crs_algebra1");
  },

  "regeneration cap"({ server, send }, salt) {
    server.store.regenerations.set("alice", 2);
    return send({ as: "alice", method: "POST", path: "/v1/courses/crs_geometry/artifacts/regenerate", json: { note: `Shorter, ${salt}` } });
  },

  async replay(session, salt) {
    const id = await create(session, "alice", salt);
    await launch(session, "alice", id, keyFor(`repeated ${salt}`));
    return launch(session, "alice", id, keyFor(`repeated ${salt}`));
  },

  async reuse(session, salt) {
    const first = await create(session, "alice", `${salt} A`);
    const second = await create(session, "alice", `${salt} B`);
    await launch(session, "alice", first, keyFor(`reused ${salt}`));
    return launch(session, "alice", second, keyFor(`reused ${salt}`), "key-reused");
  },

  "unknown route": ({ send }, salt) => send({ as: "alice", method: "GET", path: `/v1/lessons/${salt}` }),

  "unsupported method": ({ send }) => send({ as: "alice", method: "PUT", path: "/v1/courses/crs_algebra1", json: { title: "Algebra" } }),
};

async function create(session: Session, as: Sender, salt: string): Promise<string> {
  const preset_id = as === "alice" ? "pre_evenings" : "pre_weekends";
  const created = await session.send({ as, method: "POST", path: "/v1/courses", json: { title: `Course ${salt}`, preset_id } });
  return (jsonOf(created) as { id: string }).id;
}

function read({ send }: Session, as: Sender, id: string, from: Pick<Step, "origin"> = {}): Promise<Exchange> {
  return send({ as, method: "GET", path: `/v1/courses/${id}`, ...from });
}

function launch({ send }: Session, as: Sender, id: string, key: string, probe?: string): Promise<Exchange> {
  return send({ as, method: "POST", path: `/v1/courses/${id}/launch`, key, ...(probe === undefined ? {} : { probe }) });
}

/** Whose script asks. */
const page: Pick<Step, "origin"> = { origin: "https://app.courses.example" };

/** A key that looks drawn at random, and is the same in every recording. */
function keyFor(use: string): string {
  const hex = createHash("sha256").update(use).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
