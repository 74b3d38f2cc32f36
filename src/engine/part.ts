import type { Concluding } from "./concluding.ts";
import { gather } from "./gather.ts";
import type { Gathered } from "./gathered.ts";
import { concludingOf } from "./judge.ts";
import type { CaptureStream, Judging } from "./judging.ts";
import { SecretBook } from "./secret-book.ts";
import { showExchanges } from "./show-exchanges.ts";

/** What a shard hands on: all that `conclude` needs of it. Plain data. */
export interface Part {
  readonly concluding: Concluding;
  readonly gathered: Gathered;
}

/** Judges one part of the captures so far that only what needs the others is left. */
export async function judgePart(captures: CaptureStream, judging: Judging): Promise<Part> {
  const book = new SecretBook(judging.contract.authentication.credentials);
  const gathered = await gather(captures, judging, book);
  // Which servers count may show in another part: what is told of each is made ready here, where the captures are.
  const all = gathered.findings.flatMap(([, findings]) => findings);
  const shown = judging.exchanges ? await showExchanges(captures, judging.contract, book, all) : undefined;
  return { concluding: concludingOf(judging), gathered: { ...gathered, ...(shown !== undefined && { shown }) } };
}
