/** What the server decides by; a fault may decide otherwise. */
export interface Policy {
  /** What is done with a request for another account's resource. */
  readonly foreign: "hide" | "forbid" | "serve";
  /** Milliseconds for which the refusal of another account's resource is held back. */
  readonly foreignDelay: number;
  /** Is a body looked at before it is known whether the caller may see the resource? */
  readonly bodyBeforeMask: boolean;
  /** Does launching need an Idempotency-Key? */
  readonly keyRequired: boolean;
  /** What a launch repeated with its key gives: the existing course, a fresh copy of it, or a conflict. */
  readonly replay: "existing" | "copy" | "conflict";
  /** Does the answer to a repeated launch say that it is one? */
  readonly replayMarked: boolean;
  /** Is a key accepted again with another request? */
  readonly keyReuse: boolean;
  /** Are keys kept apart by account? */
  readonly keysPerAccount: boolean;
  /** What a launch gives that comes with its key while the first is at work: the launched course once it is there, or what a faulty server does. */
  readonly inFlight: "wait" | "copy" | "conflict" | "crash";
  /** Is a key that is too long refused, or is there no room for it? */
  readonly longKey: "refuse" | "crash";
  /** Is the limit per minute enforced? */
  readonly limited: boolean;
  /** Milliseconds by which a limited account is let in later than it was told. */
  readonly releaseLate: number;
  /** Whose requests count together. */
  readonly limitPer: "account" | "route" | "server";
  /** Is another account's resource looked up before the request is counted? */
  readonly limitBehindMask: boolean;
  /** Does a request that is turned away begin the minute anew, and a second with it? */
  readonly penalised: boolean;
}

/** What the contract promises. */
export const conformant: Policy = {
  foreign: "hide",
  foreignDelay: 0,
  bodyBeforeMask: false,
  keyRequired: true,
  replay: "existing",
  replayMarked: true,
  keyReuse: false,
  keysPerAccount: true,
  inFlight: "wait",
  longKey: "refuse",
  limited: true,
  releaseLate: 0,
  limitPer: "account",
  limitBehindMask: false,
  penalised: false,
};
