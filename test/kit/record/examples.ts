import { makeClient } from "../client/client.ts";
import { misconduct } from "../client/scripts.ts";
import { faultNamed } from "../server/faults/index.ts";
import { type Expected, playBad } from "./bad.ts";
import { breakingChanges, playScenarios } from "./change.ts";
import { playGood } from "./good.ts";
import { writeHar } from "./har.ts";
import { type Exchange, openSession, type Session } from "./session.ts";

/** The files below `examples/course-api/` that are recorded, by name. */
export async function recordExamples(): Promise<Readonly<Record<string, string>>> {
  const good = await record(playGood);
  const bad = await record(playBad);
  const client = await record(async (session) =>
    misconduct.find(({ name }) => name === "all of it in one session")?.play(makeClient(session)),
  );
  const before = await record(playScenarios);
  const after = await record((session) => {
    session.server.use(...breakingChanges);
    // Another day, other ids: what does not matter to clients.
    session.wait(3_600);
    return playScenarios(session);
  });
  return {
    "good.har": writeHar(good.log, "Both accounts, every operation, every row of the contract: all promises kept."),
    "bad.har": writeHar(labelled(bad.log, bad.result), "Promises broken on purpose; expected.json says which, and where."),
    "client.har": writeHar(client.log, "A client that neglects its duties."),
    "before.har": writeHar(before.log, "A test run before a change of the server."),
    "after.har": writeHar(after.log, "The same test run after it."),
    "expected.json": `${JSON.stringify(bad.result, null, 2)}\n`,
  };
}

async function record<Result>(play: (session: Session) => Promise<Result>): Promise<{ log: readonly Exchange[]; result: Result }> {
  const session = await openSession();
  try {
    return { result: await play(session), log: session.log };
  } finally {
    await session.close();
  }
}

/** Says in the capture itself what is broken where. */
function labelled(log: readonly Exchange[], expected: readonly Expected[]): Exchange[] {
  return log.map((sent) => {
    const fault = expected.find(({ entry }) => entry === sent.index)?.fault;
    return fault === undefined ? sent : { ...sent, step: { ...sent.step, comment: `${fault}: ${faultNamed(fault).breaks}` } };
  });
}
