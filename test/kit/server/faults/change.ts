import { isObject, type Json, type JsonObject } from "../../../../src/model/json.ts";
import { type Answer, type Refusal, type RowName, type Wire, withField, withoutField } from "../answer.ts";
import type { Fault, FaultPlace, Moment } from "../fault.ts";

type Rows = RowName | "any";

/** The error object's member; without a name, the object itself. */
export const member = (name = ""): FaultPlace => ({ kind: "error", pointer: name === "" ? "" : `/${name}` });
export const body = (pointer = ""): FaultPlace => ({ kind: "body", pointer });
export const header = (name: string): FaultPlace => ({ kind: "header", name });
export const status: FaultPlace = { kind: "status" };

/** Changes the answers of one row, as data. */
export function onRow(rows: Rows, change: (refusal: Refusal, at: Moment) => Answer): Pick<Fault, "answer"> {
  return { answer: (answer, at) => (answer.kind === "refusal" && meets(rows, answer) ? change(answer, at) : answer) };
}

/** Sets members of a row's error object; undefined takes one away. */
export function setMembers(rows: Rows, members: Readonly<Record<string, Json | undefined>>): Pick<Fault, "answer"> {
  return onRow(rows, (refusal) => {
    const merged: Readonly<Record<string, Json | undefined>> = { ...refusal.error, ...members };
    const error = Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, Json] => entry[1] !== undefined));
    return { ...refusal, error };
  });
}

export function setStatus(rows: Rows, status: number): Pick<Fault, "answer"> {
  return onRow(rows, (refusal) => ({ ...refusal, status }));
}

/** Sets a header field of a row's answers; undefined takes it away. */
export function setHeader(rows: Rows, name: string, value: string | ((at: Moment) => string) | undefined): Pick<Fault, "wire"> {
  return onWire(rows, (wire, at) => ({
    ...wire,
    headers:
      value === undefined ? withoutField(wire.headers, name) : withField(wire.headers, name, typeof value === "string" ? value : value(at)),
  }));
}

/** Changes the answers of one row, as text. */
export function onWire(rows: Rows, change: (wire: Wire, at: Moment) => Wire): Pick<Fault, "wire"> {
  return { wire: (wire, at) => (at.answer.kind === "refusal" && meets(rows, at.answer) ? change(wire, at) : wire) };
}

/** Replaces the body of a row's answers. */
export function setText(rows: Rows, text: string | ((text: string) => string)): Pick<Fault, "wire"> {
  return onWire(rows, (wire) => ({ ...wire, text: typeof text === "string" ? text : text(wire.text) }));
}

/** Changes what a caller gets for a resource that somebody else has, and only that. */
export function onForeign(change: (refusal: Refusal) => Answer): Pick<Fault, "answer"> {
  return onRow("any", (refusal) => (refusal.about?.owner === undefined ? refusal : change(refusal)));
}

/** Merges into a foreign answer's error object. */
export function setForeignMembers(members: (error: JsonObject) => JsonObject): Pick<Fault, "answer"> {
  return onForeign((refusal) => ({ ...refusal, error: { ...refusal.error, ...members(refusal.error) } }));
}

/** The wait in the code of a 429, in seconds. */
export function waitOf(answer: Answer): number {
  const code = answer.kind === "refusal" && isObject(answer.error) ? answer.error.code : undefined;
  return Number(/^retry_after_(\d+)$/.exec(String(code))?.[1]);
}

function meets(rows: Rows, refusal: Refusal): boolean {
  return rows === "any" || refusal.row === rows;
}
