import { rightConduct } from "./right.ts";
import type { Script } from "./script.ts";
import { wrongKeys } from "./wrong-keys.ts";
import { wrongRetries } from "./wrong-retries.ts";

export { rightConduct };
export const misconduct: readonly Script[] = [...wrongRetries, ...wrongKeys];
