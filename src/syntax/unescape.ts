/** An escape of a URL, of JSON or of HTML. */
const anyEscape = /%([0-9a-f]{2})|\\u([0-9a-f]{4})|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});/gi;

/** A text with what stands escaped in it for a visible ASCII character, as a URL, JSON or a page may hold it; all else as it is. */
export function unescapeVisible(text: string): string {
  if (!/[%\\&]/.test(text)) return text;
  return text.replace(anyEscape, (whole, url?: string, json?: string, hex?: string, decimal?: string) => {
    const code = decimal === undefined ? Number.parseInt((url ?? json ?? hex) as string, 16) : Number(decimal);
    return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : whole;
  });
}
