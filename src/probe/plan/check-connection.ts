import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { SourceLine } from "../../model/contract.ts";
import { authoritiesFault } from "../../recording/authorities-fault.ts";
import { readTarget } from "../../syntax/read-target.ts";
import type { FaultList } from "../../yaml-source/fault-list.ts";
import { memberOf, nodeAt, type SourceMap, type SourcePath, textOf } from "../../yaml-source/source-tree.ts";

/** Tells what is wrong with the target, and with the way there. */
export function checkConnection(tree: SourceMap, folder: string, faults: FaultList): void {
  const target = memberOf(tree, "target")?.node;
  if (target !== undefined) checkTarget(textOf(target) ?? "", target.at, target.path, faults);
  const proxy = memberOf(tree, "proxy")?.node;
  if (proxy !== undefined) {
    const read = readTarget(textOf(proxy) ?? "");
    if ("fault" in read)
      faults.tell({ at: proxy.at, path: proxy.path, message: read.fault, advice: 'for instance "http://127.0.0.1:3128"' });
  }
  checkFiles(tree, folder, faults);
}

/** Tells why requests cannot go where a text says. */
export function checkTarget(text: string, at: SourceLine, path: SourcePath, faults: FaultList): void {
  const read = readTarget(text);
  if ("fault" in read) faults.tell({ at, path, message: read.fault, ...(read.advice === undefined ? {} : { advice: read.advice }) });
}

function checkFiles(tree: SourceMap, folder: string, faults: FaultList): void {
  for (const name of ["ca", "cert", "key"]) {
    const node = nodeAt(tree, "tls", name);
    const path = textOf(node);
    if (node === undefined || path === undefined) continue;
    try {
      const text = readFileSync(resolve(folder, path), "utf8");
      const message = name === "ca" ? authoritiesFault(text) : undefined;
      if (message !== undefined) faults.tell({ at: node.at, path: node.path, message });
    } catch {
      faults.tell({ at: node.at, path: node.path, message: "is no file that can be read", advice: "it is looked for beside the plan" });
    }
  }
  for (const [name, other] of [
    ["cert", "key"],
    ["key", "cert"],
  ] as const) {
    const node = nodeAt(tree, "tls", name);
    if (node !== undefined && nodeAt(tree, "tls", other) === undefined)
      faults.tell({ at: node.at, path: node.path, message: `needs tls.${other} beside it` });
  }
}
