import { isAbsolute, relative, sep } from "node:path";

/** A path as reports name it: relative to the working directory with "/". */
export function nameFile(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return (short === "" || isAbsolute(short) ? path : short).split(sep).join("/");
}
