import { cutText } from '@bachata-buddy/platform';

/** Text from outside as one plain line: letters, digits and common punctuation, cut to a length. */
export function boundedText(value: unknown, maxLength: number): string {
  if (typeof value !== 'string') return '';
  const line = value
    .slice(0, maxLength * 4)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} .,'’&+()-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return cutText(line, { length: maxLength }).trim();
}

/** The plain lines of a list from outside, without empty ones and repeats; [] where it is no list. */
export function boundedTexts(
  value: unknown,
  limits: { readonly items: number; readonly length: number },
): string[] {
  if (!Array.isArray(value)) return [];
  const texts = value.slice(0, limits.items * 4).map((item) => boundedText(item, limits.length));
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, limits.items);
}
