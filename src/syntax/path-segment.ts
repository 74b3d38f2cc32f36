/** A segment of a path, decoded; as it stands where it cannot be. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A text as a segment of a path; as it stands where it cannot be encoded (half a surrogate pair). */
export function encodeSegment(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
