const LONGEST_QUOTE = 120;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

/**
 * A piece of the document as it may stand in a message: one line, bounded, without control characters. Objects
 * and arrays are named, not written out: they may be huge, deep, or bring a `toString` of their own.
 */
export function quote(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[...]' : '{...}';
  const text = typeof value === 'string' ? value : String(value);
  const bounded = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}...` : text;
  return bounded.replace(UNPRINTABLE, '?');
}
