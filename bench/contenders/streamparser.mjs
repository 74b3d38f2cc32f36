import { createReadStream } from "node:fs";
import { JSONParser } from "@streamparser/json";

let errors = 0;
const parser = new JSONParser({ stringBufferSize: 1 << 16, paths: ["$.log.entries.*"], keepStack: false });
parser.onValue = ({ value: { response } }) => {
  if (response.status >= 400) {
    JSON.parse(response.content.text);
    errors++;
  }
};
for await (const chunk of createReadStream(process.argv[2], { highWaterMark: 1 << 20 })) parser.write(chunk);
console.log(JSON.stringify({ errors }));
