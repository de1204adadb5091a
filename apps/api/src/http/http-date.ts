const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CENTURY = 100;

/** The three forms in which a date may come (RFC 9110, section 5.6.7). */
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  /^\w{3}, (?<day>\d{2}) (?<month>\w{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  // Sunday, 06-Nov-94 08:49:37 GMT
  /^\w{6,9}, (?<day>\d{2})-(?<month>\w{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  // Sun Nov  6 08:49:37 1994
  /^\w{3} (?<month>\w{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];

/** Whole seconds since 1970 of a date in a header; undefined for what is none. */
export function parseHttpDate(text: string | undefined): number | undefined {
  const { day, month, year, time } = FORMS.map((form) => form.exec(text ?? '')?.groups).find(Boolean) ?? {};
  const monthNumber = MONTHS.indexOf(month ?? '') + 1;
  if (monthNumber === 0 || time?.startsWith('24')) return undefined;
  const two = (value: string | number = ''): string => String(value).trim().padStart(2, '0');
  const date = `${fullYear(year)}-${two(monthNumber)}-${two(day)}`;
  const seconds = Date.parse(`${date}T${time}Z`) / 1_000;
  // A day that its month does not have is taken for one of the next.
  const isDay = Number.isFinite(seconds) && new Date(seconds * 1_000).toISOString().startsWith(date);
  return isDay ? seconds : undefined;
}

/** Of two digits, the year that lies no more than half a century ahead. */
function fullYear(year = ''): string {
  if (year.length === 4) return year;
  const now = new Date().getUTCFullYear();
  const thisCentury = now - (now % CENTURY) + Number(year);
  return String(thisCentury > now + CENTURY / 2 ? thisCentury - CENTURY : thisCentury);
}
