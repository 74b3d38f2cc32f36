import type { Rule } from "../../src/model/rule.ts";
import { codeChanged } from "./code-changed.ts";
import { headerRemoved } from "./header-removed.ts";
import { memberAdded } from "./member-added.ts";
import { memberRemoved } from "./member-removed.ts";
import { memberTypeChanged } from "./member-type-changed.ts";
import { messageChanged } from "./message-changed.ts";
import { statusChanged } from "./status-changed.ts";
import { typeChanged } from "./type-changed.ts";

export const stability: readonly Rule[] = [
  statusChanged,
  typeChanged,
  codeChanged,
  memberRemoved,
  memberTypeChanged,
  headerRemoved,
  memberAdded,
  messageChanged,
];
