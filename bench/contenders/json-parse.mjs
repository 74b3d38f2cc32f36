import { readFileSync } from "node:fs";

let errors = 0;
for (const { response } of JSON.parse(readFileSync(process.argv[2], "utf8")).log.entries)
  if (response.status >= 400) {
    JSON.parse(response.content.text);
    errors++;
  }
console.log(JSON.stringify({ errors }));
