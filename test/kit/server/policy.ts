/** What the server decides by; a fault may decide otherwise. */
export interface Policy {
  /** What is done with a request for another account's resource. */
  readonly foreign: "hide" | "forbid" | "serve";
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
  /** Is the limit per minute enforced? */
  readonly limited: boolean;
  /** Milliseconds by which a limited account is let in later than it was told. */
  readonly releaseLate: number;
}

/** What the contract promises. */
export const conformant: Policy = {
  foreign: "hide",
  bodyBeforeMask: false,
  keyRequired: true,
  replay: "existing",
  replayMarked: true,
  keyReuse: false,
  keysPerAccount: true,
  limited: true,
  releaseLate: 0,
};
