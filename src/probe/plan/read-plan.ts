import { dirname, resolve } from "node:path";
import type { Contract } from "../../model/contract.ts";
import { readTarget } from "../../syntax/read-target.ts";
import { checkShape } from "../../yaml-source/check-shape.ts";
import { type FaultList, makeFaultList } from "../../yaml-source/fault-list.ts";
import type { FileKind } from "../../yaml-source/file-kind.ts";
import { nameFile } from "../../yaml-source/name-file.ts";
import { parseSource } from "../../yaml-source/parse-source.ts";
import { readSource } from "../../yaml-source/read-source.ts";
import { memberOf, type SourceMap, textOf } from "../../yaml-source/source-tree.ts";
import { checkAccounts } from "./check-accounts.ts";
import { checkConnection, checkTarget } from "./check-connection.ts";
import { checkHeaders } from "./check-headers.ts";
import { checkPlaceholders } from "./check-placeholders.ts";
import { checkRequests } from "./check-requests.ts";
import { checkResources } from "./check-resources.ts";
import { checkSecrets } from "./check-secrets.ts";
import { compilePlan } from "./compile-plan.ts";
import type { Plan } from "./plan.ts";
import { PlanError } from "./plan-error.ts";
import { planShape } from "./plan-shape.ts";

export interface ReadPlanOptions {
  /** What reports name files by, and what the plan's contract is seen from. */
  readonly cwd: string;
  /** Loads what the plan is held against, given what it names: a path relative to `cwd`, `builtin:…`, or nothing. */
  readonly loadContract: (reference: string | undefined) => Promise<Contract>;
  /** Where requests go instead, by `--target` [the plan's own]. */
  readonly target?: string;
}

/** A plan, and the contract it was held against. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly contract: Contract;
}

const planKind: FileKind = {
  noun: "plan",
  needs: "probe: 1 and a target",
  captureAdvice: "`envelint audit` judges captures",
};

/**
 * Reads a plan file.
 *
 * @throws PlanError with every fault there is
 */
export async function readPlan(file: string, options: ReadPlanOptions): Promise<ReadPlan> {
  const faults = makeFaultList();
  const path = resolve(options.cwd, file);
  const text = readSource(path, nameFile(path, options.cwd), planKind, faults);
  if (text === undefined) throw new PlanError(faults.sorted());
  return parsePlan(text, file, options, faults);
}

/**
 * Makes a plan of a text; `file` is where it would stand.
 *
 * @throws PlanError with every fault there is
 */
export async function parsePlan(text: string, file: string, options: ReadPlanOptions, faults = makeFaultList()): Promise<ReadPlan> {
  const { cwd } = options;
  const path = resolve(cwd, file);
  const [name, folder] = [nameFile(path, cwd), dirname(path)];
  const tree = readTree(text, name, faults);
  if (tree !== undefined) checkForm(tree, folder, faults);
  if (options.target !== undefined) checkTarget(options.target, { file: "--target", line: 1, column: 1 }, [], faults);
  if (tree === undefined || !faults.isEmpty) throw new PlanError(faults.sorted());

  const reference = referenceIn(tree, folder, cwd);
  const contract = await options.loadContract(reference);
  const plan = compilePlan(tree, contract, {
    name,
    folder,
    target: targetOf(options.target ?? textOf(memberOf(tree, "target")?.node)),
    reference,
  });
  checkAccounts(tree, contract, faults);
  checkResources(tree, contract, faults);
  checkHeaders(tree, contract, faults);
  checkRequests(tree, plan, contract, faults);
  if (!faults.isEmpty) throw new PlanError(faults.sorted());
  return { plan, contract };
}

function readTree(text: string, name: string, faults: FaultList): SourceMap | undefined {
  const tree = parseSource(text, name, planKind, faults);
  if (tree === undefined) return undefined;
  if (tree.kind !== "map") {
    faults.tell({ at: tree.at, message: "is not a plan: a plan is a map of keys such as target and accounts" });
    return undefined;
  }
  if (memberOf(tree, "envelint") !== undefined && memberOf(tree, "probe") === undefined) {
    faults.tell({ at: tree.at, message: "is a contract, not a plan", advice: "`envelint probe --init` writes a plan from a contract" });
    return undefined;
  }
  return tree;
}

/** What can be told without the contract. What may be a secret is told alone: other faults might repeat it. */
function checkForm(tree: SourceMap, folder: string, faults: FaultList): void {
  checkSecrets(tree, faults);
  if (!faults.isEmpty) return;
  checkPlaceholders(tree, faults);
  if (!faults.isEmpty) return;
  checkShape(tree, planShape, faults);
  checkConnection(tree, folder, faults);
}

/** The plan's contract as it is named from the working directory. */
function referenceIn(tree: SourceMap, folder: string, cwd: string): string | undefined {
  const reference = textOf(memberOf(tree, "contract")?.node);
  if (reference === undefined || reference.startsWith("builtin:")) return reference;
  return nameFile(resolve(folder, reference), cwd);
}

function targetOf(text: string | undefined): string {
  const read = readTarget(text ?? "");
  if ("fault" in read) throw new Error("a target that was checked is none");
  return read.target;
}
