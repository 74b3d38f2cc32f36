import { lazily } from "../syntax/lazily.ts";
import { visible } from "../syntax/terminal-text.ts";
import { uncommanded } from "./workflow-commands.ts";

/** An element: attributes under names that begin with "@", its text under "#text", children as lists under their names. */
export type XmlElement = { readonly [name: string]: string | number | undefined | readonly XmlElement[] };

/** A document whose root has this name. Every text must have been made fit before. */
export function xmlDocument(name: string, root: XmlElement): string {
  const Builder = lazily.xmlBuilder();
  const builder = new Builder({
    attributeNamePrefix: "@",
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [name]: root })}`;
}

/** What no XML 1.0 document can hold in any form, beyond what is invisible. */
const illegal = /[\ufffe\uffff]/g;

/** A foreign text fit for XML: what is illegal there, hidden, reordering or a command to a CI's runner stands as a visible escape. One line. */
export function xmlText(text: string): string {
  return uncommanded(visible(text)).replace(illegal, escaped);
}

/** Several lines fit for XML. */
export function xmlLines(lines: readonly string[]): string {
  return lines.map(xmlText).join("\n");
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}
