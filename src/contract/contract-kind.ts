import type { FileKind } from "../yaml-source/file-kind.ts";
import { builtinNames } from "../yaml-source/package-root.ts";

export const contractKind: FileKind = {
  noun: "contract",
  needs: "envelint: 1, a title and errors",
  captureAdvice: "captures are what a contract is held against: give it as a target",
  ships: { prefix: "builtin:", names: builtinNames },
};
