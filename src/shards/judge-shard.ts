import { conclude } from "../engine/conclude.ts";
import { conclusionOf } from "../engine/judge.ts";
import type { Judging } from "../engine/judging.ts";
import { judgePart } from "../engine/part.ts";
import type { Report } from "../model/report.ts";
import { OptionError } from "../options/option-error.ts";
import { type CaptureOptions, openCaptures } from "../sources/captures.ts";
import { settingsOf } from "./settings.ts";

/** Which part of the captures: the `index`th, from 1, or `all`, one after the other. */
export interface ShardChoice {
  readonly index: number | "all";
  readonly of: number;
}

/**
 * Judges one part of the captures: the report tells of that part, and carries what `merge` needs of it. With `all`, every part, as shards on
 * machines of their own and `merge` would.
 *
 * @throws OptionError where standard input is to be parted.
 */
export async function judgeShard(
  words: readonly string[],
  { index, of }: ShardChoice,
  reading: CaptureOptions,
  judging: Judging,
  ruleFiles: readonly string[],
): Promise<Report> {
  if (words.includes("-")) throw new OptionError("Standard input cannot be parted: give files, folders or globs with --shard.");
  const open = (part: number) => openCaptures(words, { ...reading, shard: { index: part, of } });
  const conclusion = conclusionOf(judging);
  if (index === "all") {
    const parts = [];
    for (let part = 1; part <= of; part++) parts.push(await judgePart(await open(part), judging));
    const [first] = parts;
    if (first === undefined) throw new RangeError("there is no shard of none");
    return conclude(
      parts.map(({ gathered }) => gathered),
      first.concluding,
      conclusion,
    );
  }
  const captures = await open(index);
  const part = await judgePart(captures, judging);
  const report = conclude([part.gathered], part.concluding, { ...conclusion, isPart: of > 1 });
  const what = captures.names.length === 0 ? `This is shard ${index} of ${of}, which has no capture` : `This is shard ${index} of ${of}`;
  return {
    ...report,
    remarks: [
      ...report.remarks,
      ...(of === 1
        ? []
        : [`${what}: what only the whole can tell (coverage that was asked for, stale entries, an empty scope) envelint merge tells.`]),
    ],
    shard: {
      index,
      of,
      partition: await captures.partition(),
      captures: captures.names,
      state: { ...part, settings: await settingsOf(judging, reading, ruleFiles) },
    },
  };
}
