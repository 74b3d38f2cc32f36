import { readFileSync } from "node:fs";
import validator from "har-validator";

const capture = JSON.parse(readFileSync(process.argv[2], "utf8"));
await validator.har(capture);
let errors = 0;
for (const { response } of capture.log.entries)
  if (response.status >= 400) {
    JSON.parse(response.content.text);
    errors++;
  }
console.log(JSON.stringify({ errors }));
