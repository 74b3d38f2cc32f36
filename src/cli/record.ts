import { record } from "../record.ts";
import { visible } from "../syntax/terminal-text.ts";
import { type Io, print } from "./io.ts";
import { type RecordArguments, readRecordSettings } from "./record-arguments.ts";
import { checkRecording } from "./recording-file.ts";
import { reportRun } from "./report-run.ts";
import { settle } from "./settle.ts";

/**
 * `envelint record`: runs a command, and judges what the server answered it. The exit code is the command's own, unless the gate fails: what it
 * found is what this command was run for, and the command's own code is told.
 */
export async function run(words: RecordArguments, io: Io): Promise<number> {
  const settled = await settle(words, io, "record");
  const { given } = settled;
  const settings = readRecordSettings(settled);
  const { command: _, ...files } = given;
  if (settings.record !== undefined) await checkRecording(settings.record, { ...files, command: "record" }, io);
  const say = (text: string) => (given.quiet ? undefined : print(io.stderr, `envelint: ${visible(text)}\n`));
  const interrupt = new AbortController();
  const release = io.onInterrupt?.((signal) => {
    // A terminal sends Ctrl-C to the command as well, and one that hears it twice may end without clearing up.
    if (signal !== "SIGINT" || io.stdin.isTTY !== true) interrupt.abort(signal);
  });
  let commandCode = 0;
  try {
    const gateCode = await reportRun(given, settings.record === undefined ? [] : [settings.record], io, async ({ exchanges }) => {
      const { report, exitCode } = await record({
        ...settings,
        ...(exchanges && { exchanges }),
        cwd: io.cwd,
        env: io.env,
        signal: interrupt.signal,
        onWriting: () => void say("the command has ended; masking secrets in what passed, and writing it down"),
        onListening: (address) => void say(`recording ${address} -> ${settings.target}`),
      });
      commandCode = exitCode;
      if (exitCode !== 0) await say(`the command ended with exit code ${exitCode}`);
      return report;
    });
    return gateCode === 0 ? commandCode : gateCode;
  } finally {
    release?.();
  }
}
