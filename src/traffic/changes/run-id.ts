/** No id is longer. */
const longest = 128;

const forms: readonly RegExp[] = [
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  // crs_8f31, cus_N2x
  /^[a-z]{1,12}_(?=[a-z]*[0-9])[a-z0-9]+$/i,
  // A hash, a ULID, a token.
  /^(?=[^0-9]*[0-9])[a-z0-9_-]{16,}$/i,
];

/** Is it a value that differs from run to run, by the look of it? */
export function looksLikeId(text: string): boolean {
  return text.length <= longest && (isTime(text) || forms.some((form) => form.test(text)));
}

export function isTime(text: string): boolean {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+/.test(text);
}

export function isNumber(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

/** Does a parameter or a member of this name hold an id? `id`, `course_id`, `courseId`. */
export function isIdName(name: string): boolean {
  return /(?:^|[_-])id$|[a-z]I[dD]$/.test(name);
}
