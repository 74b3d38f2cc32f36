import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Io } from "./io.ts";

/**
 * The way from the repository's root to the working directory, with "/"; "" where it is the root, or none is found. A CI says where it has checked
 * out; elsewhere the nearest folder upwards that holds `.git` is it.
 */
export function wayFromRoot({ cwd, env }: Pick<Io, "cwd" | "env">): string {
  const here = real(cwd);
  for (const root of [env.GITHUB_WORKSPACE, env.CI_PROJECT_DIR, nearestCheckout(here)]) {
    if (root === undefined || root === "") continue;
    const way = relative(real(root), here);
    if (way === "") return "";
    if (way.split(sep)[0] !== ".." && !/^[A-Za-z]:/.test(way)) return way.split(sep).join("/");
  }
  return "";
}

function nearestCheckout(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
