import { auditChecks } from "./check-options.ts";

const { contract, rules, severities, ignores, require, minCoverage, failOn, maxSamples, exchanges, config, cwd } = auditChecks;
const { baseline, updateBaseline, acceptNew } = auditChecks;

/** What the options may be that every command has which judges what it brought about itself. */
export const judgingChecks = { contract, rules, severities, ignores, require, minCoverage, failOn, maxSamples, exchanges, config, cwd };

/** What the options of a baseline may be. */
export const baselineChecks = { baseline, updateBaseline, acceptNew };
