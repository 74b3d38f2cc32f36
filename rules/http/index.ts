import type { Rule } from "../../src/model/rule.ts";
import { allowMissing } from "./allow-missing.ts";
import { contentForbidden } from "./content-forbidden.ts";
import { contentTypeMissing } from "./content-type-missing.ts";
import { corsUnreadable } from "./cors-unreadable.ts";
import { dateMissing } from "./date-missing.ts";
import { errorCacheable } from "./error-cacheable.ts";
import { headDiffers } from "./head-differs.ts";
import { redirectedToPage } from "./redirected-to-page.ts";
import { statusInvalid } from "./status-invalid.ts";
import { statusUnregistered } from "./status-unregistered.ts";
import { upgradeMissing } from "./upgrade-missing.ts";

export const http: readonly Rule[] = [
  allowMissing,
  contentTypeMissing,
  contentForbidden,
  headDiffers,
  errorCacheable,
  upgradeMissing,
  dateMissing,
  statusInvalid,
  statusUnregistered,
  redirectedToPage,
  corsUnreadable,
];
