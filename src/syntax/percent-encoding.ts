/** A text with its percent escapes undone (RFC 3986, 2.1); as it stands where they cannot be. */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A name or value of a form or query, in which a plus is a space as well; as it stands where it cannot be decoded. */
export function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** A text with percent escapes for whatever no part of a URL may hold as it is; as it stands where it cannot be encoded (half a surrogate pair). */
export function encodePercent(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
