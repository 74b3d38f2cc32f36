import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { rootCertificates } from "node:tls";
import { openBaseline, settleBaseline } from "./baseline/settle-baseline.ts";
import { chooseRules } from "./choose-rules.ts";
import { loadContract } from "./contract/load.ts";
import { decideVerdict } from "./engine/decide-verdict.ts";
import { judge } from "./engine/judge.ts";
import type { Judging } from "./engine/judging.ts";
import { judgingOf } from "./judging-of.ts";
import type { Contract } from "./model/contract.ts";
import type { Finding } from "./model/finding.ts";
import type { Report } from "./model/report.ts";
import { checkRecordOptions } from "./options/check-record-options.ts";
import { OptionError } from "./options/option-error.ts";
import { defaultNames, type RecordOptions } from "./options/record-options.ts";
import { Notes } from "./record/notes.ts";
import { type RecordingProxy, startProxy } from "./record/proxy.ts";
import { Recorder } from "./record/recorder.ts";
import { CommandError, runCommand } from "./record/run-command.ts";
import { parseTarget } from "./record/target.ts";
import { Unanswered } from "./record/unanswered.ts";
import { openUpstream, type Trust } from "./record/upstream.ts";
import { authoritiesFault } from "./recording/authorities-fault.ts";
import { openCaptures } from "./sources/captures.ts";
import { readTarget } from "./syntax/read-target.ts";
import { version } from "./version.ts";

/** What came of a command whose traffic was recorded. */
export interface Recorded {
  readonly report: Report;
  /** The command's own; 128 and the signal's number where one ended it; 0 for a function. */
  readonly exitCode: number;
}

/** Bytes of each body that a recording keeps. */
const largestBody = 1 << 20;
/** How long what is under way may go on once the command has ended. Milliseconds. */
const patience = 1_000;
/** Who waits longer is told for what. Milliseconds. */
const moment = 1_000;
/** What reports call a recording that was not kept for the user. */
const unrecorded = "<recording>";

/**
 * Runs a command with a recording reverse proxy between it and a server, and judges what passed: the server's conduct, within the target.
 *
 * @throws TypeError or RangeError where an option is wrong, ContractError where the contract has faults, OptionError where the command cannot
 *   be started or the recording cannot be written; what a function given as `command` throws.
 */
export async function record(options: RecordOptions): Promise<Recorded> {
  checkRecordOptions(options);
  const cwd = options.cwd ?? process.cwd();
  const contract = typeof options.contract === "object" ? options.contract : await loadContract(options.contract, { cwd });
  const rules = (await chooseRules(options.rules ?? [], cwd, options, contract)).filter(({ rule }) => rule.needs !== "change");
  const baseline = await openBaseline(options);
  const trust = await readTrust(options, cwd);

  const folder = await mkdtemp(join(tmpdir(), "envelint-"));
  // A process that is ended leaves nothing behind.
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", clear);
  const file = options.record === undefined ? join(folder, "run.har") : resolve(cwd, options.record);
  try {
    const [notes, unanswered] = [new Notes(), new Unanswered()];
    const exitCode = await recordTo(file, join(folder, "spool"), { options, cwd, contract, notes, unanswered, trust });
    const report = await judgeRecording(file, judgingOf(contract, rules, options, baseline), notes, unanswered, options);
    return { report: await settleBaseline(report, baseline, options), exitCode };
  } catch (error) {
    throw error instanceof CommandError ? new OptionError(error.message) : unwritten(error, options.record);
  } finally {
    process.removeListener("exit", clear);
    clear();
  }
}

interface Surroundings {
  readonly options: RecordOptions;
  readonly cwd: string;
  readonly contract: Contract;
  readonly notes: Notes;
  readonly unanswered: Unanswered;
  readonly trust: Trust;
}

/** Records what a command's requests come to; gives its exit code. */
async function recordTo(file: string, spool: string, { options, cwd, contract, notes, unanswered, trust }: Surroundings): Promise<number> {
  const target = parseTarget(options.target);
  const declared = contract.authentication.credentials;
  const recorder = await Recorder.open({ spool, declared, limit: largestBody, notes, unanswered, version });
  const upstream = openUpstream(target, trust);
  // Durations and moments by one clock, so that no entry seems to begin before another has ended.
  const epoch = Date.now() - performance.now();
  try {
    const proxy = await listen(options.port ?? 0, (port) =>
      startProxy({
        target,
        upstream,
        port,
        notes,
        limit: largestBody,
        now: () => epoch + performance.now(),
        onPassed: (passed) => recorder.add(passed),
        ready: () => recorder.ready(),
      }),
    );
    let exitCode: number;
    try {
      exitCode = await run(`http://127.0.0.1:${proxy.port}${target.basePath}`, options, cwd);
    } finally {
      await proxy.close(patience);
    }
    await mkdir(dirname(file), { recursive: true });
    const tell = setTimeout(() => options.onWriting?.(), moment);
    await recorder.finish(file).finally(() => clearTimeout(tell));
    return exitCode;
  } finally {
    upstream.close();
    await recorder.close();
  }
}

async function run(address: string, options: RecordOptions, cwd: string): Promise<number> {
  const { command, names = defaultNames, env = process.env, signal } = options;
  options.onListening?.(address);
  if (typeof command === "function") {
    await command(address);
    return 0;
  }
  const variables = Object.fromEntries(Object.entries(names).map(([name, suffix]) => [name, `${address}${suffix}`]));
  const running = runCommand(command, { cwd, env: { ...env, ...variables } });
  const onAbort = () => running.kill(signalNamed(signal?.reason));
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort);
  try {
    return await running.ended;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function signalNamed(reason: unknown): NodeJS.Signals {
  return typeof reason === "string" && reason in constants.signals ? (reason as NodeJS.Signals) : "SIGTERM";
}

async function listen(port: number, start: (port: number) => Promise<RecordingProxy>): Promise<RecordingProxy> {
  try {
    return await start(port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new OptionError(`Port ${port} of 127.0.0.1 is in use. Give --port another one, or leave it out for one that is free.`);
    if (code === "EACCES") throw new OptionError(`Port ${port} of 127.0.0.1 may not be used: permission is denied. Take one above 1023.`);
    throw new OptionError(`The proxy cannot listen on 127.0.0.1: ${message}`);
  }
}

async function readTrust({ ca, insecure }: RecordOptions, cwd: string): Promise<Trust> {
  if (ca === undefined) return { ...(insecure && { insecure }) };
  let own: string;
  try {
    own = await readFile(resolve(cwd, ca), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new OptionError(`The file of authorities ${ca} cannot be read: ${code === "ENOENT" ? "it is not there" : message}`);
  }
  const fault = authoritiesFault(own);
  if (fault !== undefined) throw new OptionError(`The file of authorities ${ca} ${fault}.`);
  return { ca: [...rootCertificates, own], ...(insecure && { insecure }) };
}

/** Judges a recording as an audit of the server would. */
async function judgeRecording(
  file: string,
  judging: Judging,
  notes: Notes,
  unanswered: Unanswered,
  options: RecordOptions,
): Promise<Report> {
  const isKept = options.record !== undefined;
  const captures = await openCaptures([file], {
    cwd: options.cwd ?? process.cwd(),
    credentials: judging.contract.authentication.credentials,
    ...(!isKept && { calledBy: unrecorded }),
  });
  const { target } = readTarget(options.target) as { readonly target: string };
  // What was recorded names the target, whatever servers the contract names.
  const report = await judge(captures, { ...judging, servers: [target], subjects: ["server"], command: "record" });
  const [causes, losses] = [unanswered.told(parseTarget(target)), unanswered.losses(parseTarget(target))];
  const [first, ...rest] = report.unjudged;
  // Nothing answered is nothing judged, and the first sentence says that.
  const unjudged = unanswered.isAll && first !== undefined ? [first, ...causes, ...rest] : [...report.unjudged, ...losses];
  const told: Report = {
    ...report,
    unjudged,
    verdict: decideVerdict({ ...report, unjudged }, judging.failOn),
    remarks: [...report.remarks, ...notes.told(), ...(unanswered.isAll ? [] : causes)],
  };
  if (report.seen.exchanges === 0) return { ...told, unjudged: [nothingRecorded(options), ...report.unjudged.slice(1)] };
  if (isKept) return told;
  // A line of a file that is gone helps nobody.
  const unlined = <Kind extends Finding>(finding: Kind): Kind => ({
    ...finding,
    samples: finding.samples.map((sample) => ({ ...sample, line: null })),
  });
  return { ...told, findings: told.findings.map(unlined), known: told.known.map(unlined), ignored: told.ignored.map(unlined) };
}

function nothingRecorded({ command, names = defaultNames, target }: RecordOptions): string {
  const variables = Object.keys(names).map((name) => `$${name}`);
  return typeof command === "function"
    ? `Nothing was recorded: no request went to the address that the function was given; what is sent to ${target} itself is not seen.`
    : `Nothing was recorded: the command sent no request to the address in ${variables.join(" or ")}. Let it ask there; what it sends to ${target} itself is not seen.`;
}

/** A disk that is full is no failure of ours. */
function unwritten(error: unknown, file: string | undefined): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !["write", "open", "mkdir"].includes(syscall ?? "")) return error;
  return new OptionError(
    `The recording cannot be written${file === undefined || /envelint-[^/\\]+.spool/.test(message) ? " to the system's temporary folder" : ` to ${file}`}: ${message}`,
  );
}
