import type { JsonObject } from "../../../src/model/json.ts";
import { type Answer, success } from "./answer.ts";
import { readBody, readText } from "./body.ts";
import type { Visit } from "./call.ts";
import type { Preset } from "./store.ts";

export function readPreset(_: Visit, preset: Preset): Answer {
  return success(200, showPreset(preset));
}

export function renamePreset({ call }: Visit, preset: Preset): Answer {
  preset.name = readText(readBody(call), "name");
  return success(200, showPreset(preset));
}

function showPreset({ id, name }: Preset): JsonObject {
  return { id, name };
}
