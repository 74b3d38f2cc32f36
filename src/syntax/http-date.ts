/** A moment as HTTP writes it (RFC 9110 5.6.7). */
export interface HttpDate {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** True for the two forms that recipients still read and senders must not write. */
  readonly obsolete: boolean;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const month = `(${months.join("|")})`;
const weekday = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const time = "(\\d{2}):(\\d{2}):(\\d{2})";
/** `Sun, 06 Nov 1994 08:49:37 GMT` */
const fixed = new RegExp(`^${weekday}, (\\d{2}) ${month} (\\d{4}) ${time} GMT$`);
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const rfc850 = new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d{2})-${month}-(\\d{2}) ${time} GMT$`);
/** `Sun Nov  6 08:49:37 1994` */
const asctime = new RegExp(`^${weekday} ${month} (\\d{2}| \\d) ${time} (\\d{4})$`);

/**
 * Reads an HTTP-date; undefined for anything else, days that no calendar has among them. `near` (milliseconds) settles the century of a
 * year of two digits: the latest that is not over fifty years after it.
 */
export function parseHttpDate(text: string, near = Date.UTC(2026, 0)): HttpDate | undefined {
  if (last.text !== text || last.near !== near) last = { text, near, date: parse(text, near) };
  return last.date;
}

/** Several rules ask for the date of one answer in turn. */
let last: { readonly text: string; readonly near: number; readonly date: HttpDate | undefined } = { text: "", near: 0, date: undefined };

function parse(text: string, near: number): HttpDate | undefined {
  let match = fixed.exec(text);
  if (match !== null) return read(match[3], match[2], match[1], match.slice(4), false);
  match = rfc850.exec(text);
  if (match !== null) return read(centuryOf(Number(match[3]), near), match[2], match[1], match.slice(4), true);
  match = asctime.exec(text);
  return match === null ? undefined : read(match[6], match[1], match[2], match.slice(3, 6), true);
}

function read(
  year: string | number | undefined,
  name: string | undefined,
  day: string | undefined,
  clock: string[],
  obsolete: boolean,
): HttpDate | undefined {
  const [hour = 99, minute = 99, second = 99] = clock.map(Number);
  const start = new Date(0);
  start.setUTCFullYear(Number(year), months.indexOf(name ?? ""), Number(day));
  const isDay = start.getUTCDate() === Number(day) && Number(day) > 0;
  // A leap second is written as 60.
  if (!isDay || hour > 23 || minute > 59 || second > 60) return undefined;
  return { at: start.getTime() + ((hour * 60 + minute) * 60 + second) * 1000, obsolete };
}

function centuryOf(twoDigits: number, near: number): number {
  const latest = new Date(near).getUTCFullYear() + 50;
  return latest - ((((latest - twoDigits) % 100) + 100) % 100);
}
