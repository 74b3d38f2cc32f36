import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";
import { validateXML } from "xmllint-wasm";

const grammar = readFileSync(new URL("junit.xsd", import.meta.url), "utf8");

/** What libxml2 says of a document against the grammar; empty = valid. */
export async function junitFaults(text: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: "junit.xml", contents: text }], schema: [grammar] });
  return errors.map(({ rawMessage }) => rawMessage);
}

export interface ReadCase {
  readonly suite: string;
  readonly name: string;
  readonly classname: string;
  readonly outcome: string;
  readonly message: string;
  readonly text: string;
  readonly out: string;
}

/** The cases of a document, by a strict XML 1.0 parser. */
export function readJunit(text: string): ReadCase[] {
  const parser = new SaxesParser();
  const cases: ReadCase[] = [];
  let suite = "";
  let at: { -readonly [Name in keyof ReadCase]: string } | undefined;
  const open: string[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const attribute = (key: string) => String((attributes as Record<string, string>)[key] ?? "");
    open.push(name);
    if (name === "testsuite") suite = attribute("name");
    else if (name === "testcase")
      at = { suite, name: attribute("name"), classname: attribute("classname"), outcome: "passed", message: "", text: "", out: "" };
    else if (at !== undefined && name !== "system-out") {
      at.outcome = name;
      at.message = attribute("message");
    }
  });
  parser.on("text", (characters) => {
    if (at === undefined) return;
    if (open.at(-1) === "system-out") at.out += characters;
    else if (open.at(-1) !== "testcase") at.text += characters;
  });
  parser.on("closetag", ({ name }) => {
    open.pop();
    if (name !== "testcase" || at === undefined) return;
    cases.push(at);
    at = undefined;
  });
  parser.write(text).close();
  return cases;
}
