import { parseAst } from "vitest/node";

/** A condition in a rule, or in what rules share, that a mutation can take out of its place. */
export interface Condition {
  /** `rules/masking/distinguishable.ts:41:9`. */
  readonly id: string;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/**
 * Puts every condition of a module behind a switch: tests of `if` and `?:`, the sides of `&&` and `||`, comparisons. Those of loops are left
 * alone, since a loop without end fails no test.
 */
export function instrument(code: string, file: string): { readonly code: string; readonly conditions: readonly Condition[] } {
  const found = new Map<string, Node>();
  walk(parseAst(code, { lang: "ts" }) as unknown as Node, found);
  const nodes = [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end);
  const conditions: Condition[] = [];
  const inserted: { readonly at: number; readonly text: string; readonly order: number }[] = [];
  for (const { start, end } of nodes) {
    const lines = code.slice(0, start).split("\n");
    const id = `${file}:${lines.length}:${(lines.at(-1) ?? "").length + 1}-${end - start}`;
    conditions.push({ id, text: code.slice(start, end).replaceAll(/\s+/g, " ") });
    // Of those that begin at one place the widest opens first; of those that end at one place the narrowest closes first.
    inserted.push({ at: start, text: `__condition(${JSON.stringify(id)}, () => (`, order: -end });
    inserted.push({ at: end, text: "))", order: end - start });
  }
  inserted.sort((a, b) => a.at - b.at || Number(a.text !== "))") - Number(b.text !== "))") || a.order - b.order);
  let out = "const __condition = (id, ask) => globalThis.__mutation === undefined ? ask() : globalThis.__mutation.ask(id, ask);";
  let at = 0;
  for (const insertion of inserted) {
    out += code.slice(at, insertion.at) + insertion.text;
    at = insertion.at;
  }
  return { code: out + code.slice(at), conditions };
}

const comparisons = new Set(["===", "!==", "==", "!=", "<", "<=", ">", ">=", "in", "instanceof"]);
const loops = new Set(["ForStatement", "WhileStatement", "DoWhileStatement"]);

function walk(node: Node, found: Map<string, Node>): void {
  const take = (part: unknown) => {
    const { type, start, end } = part as Node;
    // A flag is no condition of its own, and `true` is none at all.
    if (type !== "Literal") found.set(`${start}-${end}`, part as Node);
  };
  if (node.type === "IfStatement" || node.type === "ConditionalExpression") take(node.test);
  if (node.type === "LogicalExpression" && node.operator !== "??") {
    take(node.left);
    take(node.right);
  }
  if (node.type === "BinaryExpression" && comparisons.has(String(node.operator))) take(node);
  for (const [member, value] of Object.entries(node)) {
    if (loops.has(node.type) && member === "test") continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === "object" && child !== null && typeof (child as Node).type === "string" && !isType(child as Node))
        walk(child as Node, found);
  }
}

function isType({ type }: Node): boolean {
  return type.startsWith("TS") && !["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression"].includes(type);
}
