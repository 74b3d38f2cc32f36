import { record } from "../record.ts";
import { visible } from "../syntax/terminal-text.ts";
import { type Io, print } from "./io.ts";
import { type RecordArguments, readRecordSettings } from "./record-arguments.ts";
import { checkRecording } from "./recording-file.ts";
import { reportRun } from "./report-run.ts";

/**
 * `envelint record`: runs a command, and judges what the server answered it. A command that failed keeps its own exit code, so that whoever
 * reads it (a test runner's wrapper, `git bisect`) reads what it knows; one that succeeded gives way to the gate's.
 */
export async function run(given: RecordArguments, io: Io): Promise<number> {
  const settings = readRecordSettings(given);
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
    const gateCode = await reportRun(given, settings.record === undefined ? [] : [settings.record], io, async () => {
      const { report, exitCode } = await record({
        ...settings,
        cwd: io.cwd,
        env: io.env,
        signal: interrupt.signal,
        onListening: (address) => void say(`recording ${address} -> ${settings.target}`),
      });
      commandCode = exitCode;
      if (exitCode !== 0) await say(`the command ended with exit code ${exitCode}, which is kept`);
      return report;
    });
    return commandCode === 0 ? gateCode : commandCode;
  } finally {
    release?.();
  }
}
