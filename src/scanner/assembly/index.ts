// What the host sees.
export { oddName, scan } from "./entry";
export { indexFields } from "./fields";
export {
  DATA,
  FIELDS,
  MOST_FIELDS,
  PAST_END,
  RECORD_FIELD,
  RECORD_NEXT,
  RECORD_SHAPE,
  RECORD_SIZE,
  SHAPE_SIZE,
  SHAPES,
  SHAPES_SIZE,
  SPANS,
  SPANS_SIZE,
  STACK,
  STEPS,
  TOO_DEEP,
} from "./layout";
export { countNewlines } from "./lines";
export { flaw, forgetFlaw } from "./text";
export { begin, deepAt, depth, done, expected, pass } from "./value";
