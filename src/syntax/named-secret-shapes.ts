import { passwordNames, secretNameStems, secretNames } from "./secret-names.ts";
import type { SecretShape } from "./secret-shape.ts";

/** A string in a list, without spaces, that is no plain word. */
const item = '\\\\*"(?![a-z_]*\\\\*")[^"\\\\\\s]{1,4096}\\\\*"';

/** As it is, or as JSON writes it. */
const newLine = "(?:\\r?\\n|(?:\\\\{1,8}r)?\\\\{1,8}n)";

/** Secrets that only their names tell, wherever a name may stand: parameters, members, elements, parts of forms. */
export const namedSecretShapes: readonly SecretShape[] = [
  {
    id: "parameter",
    what: "a parameter that its name tells",
    hint: secretNameStems,
    // Also of a form (`user[password]=`), and in quotes, as in a challenge.
    wide: new RegExp(`((?:^|[?&;,\\s"'([\ue000]|%5B)(?:${secretNames})(?:\\]|%5D)?=\\\\{0,8}["']?)[^&#;\\s"'\\\\]+`, "gi"),
    keeps: "$1",
    source: "CWE-598",
    example: ["?access_", "token=Zq81xKp0"],
    unlike: ["?page=2", '<input name="password" required>'],
  },
  {
    id: "member",
    what: "a member that its name tells",
    hint: secretNameStems,
    // With the mark of the place before the value. What is escaped in it belongs to it.
    wide: new RegExp(`("(?:${secretNames})"\\s*:\\s*[\\ue000]?")(?!")[^"\\\\]*(?:\\\\[^][^"\\\\]*){0,4096}`, "gi"),
    keeps: "$1",
    source: "CWE-209",
    example: ['"pass', 'word": "hunter2"'],
    unlike: ['"message": "hunter2"', '"password": ""'],
  },
  {
    id: "inner-member",
    what: "a member that its name tells, of JSON within JSON",
    hint: secretNameStems,
    // It ends at a quote that is escaped as often as the one that began it; a longer run of escapes belongs to it.
    wide: new RegExp(
      `("(?:${secretNames})\\\\+"\\s*:\\s*[\\ue000]?(\\\\+)")(?!\\2")[^"\\\\]*(?:(?:\\2\\\\+"|\\\\+(?!["\\\\]))[^"\\\\]*){0,4096}`,
      "gi",
    ),
    keeps: "$1",
    source: "CWE-209",
    example: ['"pass', 'word\\": \\"hunter2'],
    unlike: ['"message\\": \\"hunter2\\"', '"password\\": \\"\\"'],
  },
  {
    id: "member-number",
    what: "a number that its member's name tells",
    hint: secretNameStems,
    wide: new RegExp(`("(?:${passwordNames}|pwd)\\\\*"\\s*:\\s*)-?[0-9]{4,100}(?![0-9.])`, "gi"),
    keeps: "$1",
    isBare: true,
    source: "CWE-209",
    example: ['"pass', 'word": 918273645'],
    unlike: ['"status": 918273645', '"password": 422'],
  },
  {
    id: "member-list",
    what: "a list that its member's name tells",
    hint: secretNameStems,
    // Sentences and plain words are what is wrong with a password: `{"errors": {"password": ["is too short"]}}`.
    wide: new RegExp(`("(?:${secretNames})\\\\*"\\s*:\\s*\\[\\s*)${item}(?:\\s*,\\s*${item}){0,20}(?=\\s*[\\],])`, "gi"),
    keeps: "$1",
    isBare: true,
    source: "CWE-209",
    example: ['"pass', 'word": ["hunter2x"]'],
    unlike: ['"password": ["is too short"]', '"password": ["required"]', '"password": ["too_short"]'],
  },
  {
    id: "element",
    what: "an XML element that its name tells",
    hint: secretNameStems,
    wide: new RegExp(
      `(<(?:[\\w.-]{1,40}:)?(?:${secretNames})(?:\\s[^<>]{0,400})?>(?:<!\\[CDATA\\[)?)[^<>]{1,4096}(?=<\\\\?/|\\]\\]>)`,
      "gi",
    ),
    keeps: "$1",
    source: "CWE-209",
    example: ["<password>", "hunter2</password>"],
    unlike: ["Send <token> as <header>", "<message>hunter2</message>"],
  },
  {
    id: "form-part",
    what: "a part of a form that its name tells",
    // Behind the name any letter may follow.
    hint: "name=",
    // Also as a JSON string.
    wide: new RegExp(
      `(name=\\\\*"?(?:[\\w.-]{1,40}\\[)?(?:${secretNames})\\]?\\\\*"?[^\\r\\n\\\\]{0,200}${newLine}(?:[^\\r\\n\\\\]{1,400}${newLine}){0,4}${newLine})(?:[^\\r\\n\\\\]|\\\\+(?![\\\\rn])){1,4096}`,
      "gi",
    ),
    keeps: "$1",
    source: "CWE-209",
    example: ['name="pass', 'word"\r\n\r\nhunter2'],
    unlike: ['name="comment"\r\n\r\nhunter2'],
  },
];

const hints = new RegExp([...new Set(namedSecretShapes.map(({ hint }) => hint))].join("|"), "i");

/** False where a text holds none of them, as most do. */
export function mayNameSecret(text: string): boolean {
  return hints.test(text);
}
