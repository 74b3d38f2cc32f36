import { readFileSync } from "node:fs";

/** The package's version. The build writes down what package.json says in place of this file. */
export const version: string = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
