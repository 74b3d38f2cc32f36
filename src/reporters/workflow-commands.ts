/** GitHub's runner reads lines of any step's output as commands; what a stranger says must never be one. */

/** Names that GitHub's runner obeys after `::`, its older form `##[name]`, and those of Azure's and TeamCity's: `##vso[name]`, `##teamcity[name]`. */
const commands =
  /::(?=(?:add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|remove-matcher|save-state|set-env|set-output|stop-commands|warning)\b)|##(?=[a-z]{0,20}\[)/gi;

/** The text with a command's beginning as visible escapes, for lines that are no commands themselves: `\u003a\u003aerror`. */
export function uncommanded(text: string): string {
  return text.replace(commands, (found) => (found === "##" ? "#\\u0023" : "\\u003a\\u003a"));
}

/** A command's message. */
export function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A command's property. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
