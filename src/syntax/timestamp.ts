const iso = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s?(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)$/;

/**
 * Milliseconds since the epoch of an ISO 8601 date and time with an offset (with or without colon, any number of decimals),
 * or of an RFC 1123 date; undefined for anything else. A time without an offset is nobody's time. An RFC 1123 date at midnight
 * sharp is what recording tools write over the true one.
 */
export function parseTimestamp(text: string): number | undefined {
  // As nearly every tool writes it. The engine's own parser would take 31 February as 3 March.
  if (text.length === 24 && text[4] === "-" && text[10] === "T" && text[19] === "." && text[23] === "Z" && text.slice(8, 10) <= "28") {
    const time = Date.parse(text);
    if (!Number.isNaN(time)) return time;
  }
  const match = iso.exec(text);
  if (match === null) return parseHttpTimestamp(text);
  const [, year, month, day, hour, minute, second = "0", fraction = "", , sign, offsetHours = "0", offsetMinutes = "0"] = match;
  const numbers = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number];
  const utc = Date.UTC(numbers[0], numbers[1] - 1, numbers[2], numbers[3], numbers[4], numbers[5]);
  const back = new Date(utc);
  if (numbers[5] < 60 && (back.getUTCMonth() + 1 !== numbers[1] || back.getUTCDate() !== numbers[2] || back.getUTCHours() !== numbers[3]))
    return undefined;
  if (numbers[4] > 59 || numbers[5] > 60) return undefined;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return utc + (fraction === "" ? 0 : Number(`0.${fraction}`) * 1000) - offset;
}

const http = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} (\d\d:\d\d:\d\d) GMT$/;

function parseHttpTimestamp(text: string): number | undefined {
  const match = http.exec(text);
  if (match === null || match[1] === "00:00:00") return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
