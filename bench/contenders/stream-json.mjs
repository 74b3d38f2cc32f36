import { createReadStream } from "node:fs";
import chain from "stream-chain";
import { parser } from "stream-json";
import { pick } from "stream-json/filters/pick.js";
import { streamArray } from "stream-json/streamers/stream-array.js";

let errors = 0;
const entries = chain([
  createReadStream(process.argv[2], { highWaterMark: 1 << 20 }),
  // Whole keys and values only: their pieces are for those that look at a value before its end.
  parser({ packValues: true, streamValues: false }),
  pick({ filter: "log.entries" }),
  streamArray(),
]);
entries.on("data", ({ value: { response } }) => {
  if (response.status >= 400) {
    JSON.parse(response.content.text);
    errors++;
  }
});
entries.on("end", () => console.log(JSON.stringify({ errors })));
