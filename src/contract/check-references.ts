import { type Role, roles, type SourceLine } from "../model/contract.ts";
import { groupNames } from "../syntax/pattern.ts";
import { adviseNearest, type FaultList } from "../yaml-source/fault-list.ts";
import { itemsOf, memberOf, membersOf, nodeAt, type SourceMap, type SourceNode, textOf } from "../yaml-source/source-tree.ts";
import { unnamedEnvelope } from "./compile.ts";
import { otherOperation } from "./operations.ts";
import { parametersOf, parseTemplate } from "./path-template.ts";

/** Names that are declared, with where. */
type Declared = ReadonlyMap<string, SourceLine>;

/** Tells every name that is used and declared nowhere, declared twice, or reserved. */
export function checkReferences(tree: SourceMap, faults: FaultList): void {
  const operations: Declared = new Map(membersOf(memberOf(tree, "operations")?.node).map(([name, { keyAt }]) => [name, keyAt]));
  const envelopes: Declared = new Map(membersOf(memberOf(tree, "envelopes")?.node).map(([name, { keyAt }]) => [name, keyAt]));
  const rows = declareRows(tree, faults);
  const refer = (node: SourceNode | undefined, kind: string, declared: Declared, reserved: readonly string[] = []) => {
    const name = textOf(node);
    if (node === undefined || name === undefined || declared.has(name) || reserved.includes(name)) return;
    const candidates = [...declared].filter(([, at]) => !faults.isSecret(at)).map(([each]) => each);
    faults.tell({
      at: node.at,
      path: node.path,
      message: `names the ${kind} ${JSON.stringify(name)}, which is not declared`,
      plain: `names ${/^[aeio]/.test(kind) ? "an" : "a"} ${kind} that is not declared`,
      ...adviseNearest(name, [...candidates, ...reserved]),
    });
  };
  const referAll = (node: SourceNode | undefined) => {
    for (const item of itemsOf(node)) refer(item, "operation", operations, [otherOperation, "*"]);
  };

  checkTemplates(tree, faults);
  for (const [, { node }] of membersOf(memberOf(tree, "envelopes")?.node)) {
    referAll(memberOf(node, "operations")?.node);
    const members = memberOf(node, "members")?.node;
    for (const role of itemsOf(memberOf(node, "required")?.node))
      checkRole(role, members, "which the envelope's members do not place", faults);
  }
  for (const row of itemsOf(memberOf(tree, "errors")?.node)) {
    refer(memberOf(row, "envelope")?.node, "envelope", envelopes.size > 0 ? envelopes : new Map([[unnamedEnvelope, row.at]]));
    referAll(memberOf(row, "operations")?.node);
    checkEquals(row, envelopeOf(tree, row), faults);
  }
  for (const masking of itemsOf(memberOf(tree, "masking")?.node)) {
    refer(memberOf(masking, "answer")?.node, "row", rows);
    referAll(memberOf(masking, "operations")?.node);
    checkParameter(tree, masking, faults);
  }
  for (const key of ["missing", "invalid"]) refer(nodeAt(tree, "authentication", key), "row", rows);
  referAll(nodeAt(tree, "authentication", "public"));
  for (const key of ["missing", "reuse", "inFlight"]) refer(nodeAt(tree, "idempotency", key), "row", rows);
  for (const [name, { keyAt, node }] of membersOf(nodeAt(tree, "idempotency", "operations"))) {
    if (name === otherOperation || name === "*")
      faults.tell({
        at: keyAt,
        path: node.path,
        message: `cannot stand for operations here: ${JSON.stringify(name)}`,
        plain: "cannot stand for operations here",
        advice: "name each operation that takes a key",
      });
    else refer({ kind: "scalar", value: name, at: keyAt, path: node.path }, "operation", operations);
  }
  checkTypes(tree, faults);
}

function declareRows(tree: SourceMap, faults: FaultList): Declared {
  const rows = new Map<string, SourceLine>();
  for (const row of itemsOf(memberOf(tree, "errors")?.node)) {
    const node = memberOf(row, "name")?.node;
    const name = textOf(node);
    if (node === undefined || name === undefined) continue;
    const first = rows.get(name);
    if (first === undefined) rows.set(name, node.at);
    else
      faults.tell({
        at: node.at,
        path: node.path,
        message: `is the name of two rows: ${faults.quote(name, first)}, first at ${place(first)}`,
        plain: `is the name of two rows, first at ${place(first)}`,
      });
  }
  return rows;
}

function checkTemplates(tree: SourceMap, faults: FaultList): void {
  for (const [name, { keyAt, node }] of membersOf(memberOf(tree, "operations")?.node)) {
    if (name === otherOperation || name === "*") {
      const meaning = name === "*" ? "all operations" : "what matches no operation";
      faults.tell({
        at: keyAt,
        path: node.path,
        message: `is a reserved name: ${JSON.stringify(name)} stands for ${meaning}`,
        plain: "is a reserved name",
      });
    }
    for (const template of node.kind === "list" ? node.items : [node]) {
      const text = textOf(template) ?? "";
      const names = parametersOf(parseTemplate(text));
      const again = names.find((each, index) => names.indexOf(each) !== index);
      if (again !== undefined)
        faults.tell({
          at: template.at,
          path: template.path,
          message: `names the parameter ${JSON.stringify(again)} twice`,
          plain: "names a parameter twice",
        });
      if (/[{}]/.test(text.replaceAll(/\{[^{}/]+\}/g, "")))
        faults.tell({ at: template.at, path: template.path, message: "has a brace too many, or a parameter without a name" });
      // No real path has such a segment; it is how other routers write a parameter.
      const colon = /\/:([A-Za-z_]\w*)(?=\/|$)/.exec(text)?.[1];
      if (colon !== undefined)
        faults.tell({
          at: template.at,
          path: template.path,
          message: `has the segment ":${colon}", which is no parameter here`,
          plain: "has a segment that begins with a colon, which is no parameter here",
          advice: "write it in braces, as in OpenAPI: {name}",
        });
      if (/(?:^|[^/])\*\*|\*\*[^/]/.test(text.slice(text.indexOf(" ") + 1))) {
        faults.tell({
          at: template.at,
          path: template.path,
          message: "has ** as part of a segment",
          advice: "** stands for whole segments; * for a run of characters",
        });
      }
    }
  }
}

function checkParameter(tree: SourceMap, masking: SourceNode, faults: FaultList): void {
  const node = memberOf(masking, "parameter")?.node;
  const name = textOf(node);
  if (node === undefined || name === undefined) {
    if (memberOf(masking, "operations") === undefined) {
      faults.tell({
        at: masking.at,
        path: masking.path,
        message: "says neither by which path parameter nor on which operations the resource is asked for",
        advice: "add parameter or operations",
      });
    }
    return;
  }
  const templates = membersOf(memberOf(tree, "operations")?.node).flatMap(([, member]) =>
    member.node.kind === "list" ? member.node.items : [member.node],
  );
  const known = templates.flatMap((template) => (faults.isSecret(template.at) ? [] : parametersOf(parseTemplate(textOf(template) ?? ""))));
  const all = templates.flatMap((template) => parametersOf(parseTemplate(textOf(template) ?? "")));
  if (all.includes(name)) return;
  faults.tell({
    at: node.at,
    path: node.path,
    message: `names the parameter ${JSON.stringify(name)}, which no operation has`,
    plain: "names a parameter that no operation has",
    ...adviseNearest(name, known),
  });
}

function checkEquals(row: SourceNode, envelope: SourceNode | undefined, faults: FaultList): void {
  const equals = memberOf(memberOf(row, "retryAfter")?.node, "equals")?.node;
  const capture = memberOf(equals, "capture")?.node;
  const name = textOf(capture);
  if (capture !== undefined && name !== undefined) {
    const groups = ["type", "code", "param"].flatMap((role) =>
      groupNames(textOf(memberOf(memberOf(row, role)?.node, "pattern")?.node) ?? ""),
    );
    if (!groups.includes(name)) {
      faults.tell({
        at: capture.at,
        path: capture.path,
        message: `names the capture ${JSON.stringify(name)}, which no pattern of the row makes`,
        plain: "names a capture that no pattern of the row makes",
        ...adviseNearest(name, groups),
      });
    }
  }
  const member = memberOf(equals, "member")?.node;
  if (member !== undefined) checkRole(member, memberOf(envelope, "members")?.node, "which the row's envelope does not place", faults);
}

function checkRole(node: SourceNode, members: SourceNode | undefined, why: string, faults: FaultList): void {
  const role = textOf(node);
  if (role === undefined || memberOf(members, role) !== undefined) return;
  const placed = roles.filter((each: Role) => memberOf(members, each) !== undefined);
  faults.tell({ at: node.at, path: node.path, message: `names the role ${JSON.stringify(role)}, ${why}`, ...adviseNearest(role, placed) });
}

/** Types that rows name are on the list, where there is a closed one; each on the list is taken by a row. */
function checkTypes(tree: SourceMap, faults: FaultList): void {
  const list = memberOf(tree, "types")?.node;
  const open = memberOf(tree, "openTypes")?.node;
  if (list === undefined || (open?.kind === "scalar" && open.value === true)) return;
  const listed = itemsOf(list).flatMap((node) => (node.kind === "scalar" ? [{ name: String(node.value), at: node.at }] : []));
  for (const row of itemsOf(memberOf(tree, "errors")?.node)) {
    const type = memberOf(row, "type")?.node;
    for (const node of type?.kind === "list" ? type.items : type === undefined ? [] : [type]) {
      if (node.kind !== "scalar" || typeof node.value === "boolean" || listed.some((each) => each.name === String(node.value))) continue;
      const names = listed.filter((each) => !faults.isSecret(each.at)).map((each) => each.name);
      faults.tell({
        at: node.at,
        path: node.path,
        message: `names the type ${JSON.stringify(node.value)}, which is not in types`,
        plain: "names a type that is not in types",
        ...adviseNearest(String(node.value), names),
      });
    }
  }
}

function envelopeOf(tree: SourceMap, row: SourceNode): SourceNode | undefined {
  const envelopes = memberOf(tree, "envelopes")?.node;
  const name = textOf(memberOf(row, "envelope")?.node);
  return name === undefined ? membersOf(envelopes)[0]?.[1].node : memberOf(envelopes, name)?.node;
}

function place(at: SourceLine): string {
  return `${at.file}:${at.line}`;
}
