/** `/v1/courses/{course_id}/launch` -> ["course_id"]; each name once. */
export function parametersIn(path: string): string[] {
  return [...new Set([...path.matchAll(/\{([^{}/]+)\}/g)].map(([, name = ""]) => name))];
}

/** A text with each `{name}` that has a value replaced by it. */
export function fillText(text: string, give: (name: string) => string | undefined): string {
  return text.replaceAll(/\{([^{}/]+)\}/g, (whole, name: string) => give(name) ?? whole);
}
