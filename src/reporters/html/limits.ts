/**
 * What a page holds at the most, so that it opens quickly whatever an audit found. Lengths are in characters. What is left out is counted, and
 * told on the page: `--format json` has it.
 */
export const limits = {
  findings: 50_000,
  /** Of all findings, each with its first sample: beyond, findings come without one, and after half as much again not at all. */
  findingsLength: 24_000_000,
  samplesOfAFinding: 5,
  /** Of all samples after a finding's first. */
  samplesLength: 6_000_000,
  exchangesLength: 6_000_000,
  body: 16_000,
  fields: 60,
  field: 2_000,
  url: 600,
  sentence: 800,
  evidence: 600,
  curl: 4_000,
  name: 200,
  related: 20,
  /** Rows of a table, and items of a list. */
  listed: 1_000,
  /** What is there without the script: groups; of each so many findings, each with its first sample. */
  groupsWithoutScript: 25,
  findingsWithoutScript: 3,
} as const;
