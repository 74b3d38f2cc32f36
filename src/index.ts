export { audit, exitCodeOf } from "./audit.ts";
export { ConfigError } from "./config/config-error.ts";
export { ContractError, type ContractFault } from "./contract/contract-fault.ts";
export { loadContract } from "./contract/load.ts";
export { type DiffOptions, diff } from "./diff.ts";
export { type LoadedConfig, loadConfig } from "./load-config.ts";
export { type MergeOptions, merge } from "./merge.ts";
export type { CaptureFault } from "./model/capture.ts";
export {
  type Contract,
  type Envelope,
  type ErrorAnswer,
  type ErrorObject,
  type Meeting,
  type Operation,
  type Role,
  type Row,
  rowsLeft,
  type SourceLine,
  soleRow,
} from "./model/contract.ts";
export type { Account, Body, Exchange, Headers, Origin, ProbeMark, Request, Response } from "./model/exchange.ts";
export type { Finding, IgnoredFinding, Sample, Severity, Subject } from "./model/finding.ts";
export type { Place } from "./model/place.ts";
export type {
  Coverage,
  OperationCoverage,
  ProbeRun,
  ProbeVerdict,
  ProvisionCoverage,
  Report,
  RowCoverage,
  RowVerdict,
  Seen,
  ServerSeen,
  Shard,
  StaleEntry,
} from "./model/report.ts";
export {
  type Memory,
  messages,
  type Needs,
  type Rule,
  type Said,
  type Study,
  type Telling,
  type Watch,
  type Watching,
  type Witness,
} from "./model/rule.ts";
export type { ShownBody, ShownExchange, ShownMessage } from "./model/shown-exchange.ts";
export { OptionError } from "./options/option-error.ts";
export type { AuditOptions, Progress } from "./options/options.ts";
export type { ProbeOptions } from "./options/probe-options.ts";
export type { RecordOptions } from "./options/record-options.ts";
export { PlanError } from "./probe/plan/plan-error.ts";
export { probe, type RehearsalReport, rehearseProbe } from "./probe.ts";
export { type Recorded, record } from "./record.ts";
export { formatReport } from "./reporters/index.ts";
export type { Look } from "./reporters/look.ts";
export { RuleFileError } from "./rule-files/rule-file-error.ts";
export { version } from "./version.ts";
