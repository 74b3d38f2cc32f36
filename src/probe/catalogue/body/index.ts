import type { Probe } from "../../probe.ts";
import { array } from "./array.ts";
import { badUtf8 } from "./bad-utf8.ts";
import { deep } from "./deep.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { empty } from "./empty.ts";
import { malformed } from "./malformed.ts";
import { nullBody } from "./null.ts";
import { oversized } from "./oversized.ts";
import { schema } from "./schema.ts";
import { wrongMediaType } from "./wrong-type.ts";

/** Bodies that no operation can take, on one write that stands for all. */
export const body: readonly Probe[] = [malformed, wrongMediaType, empty, array, nullBody, deep, duplicateKey, badUtf8, schema, oversized];
