import { composed } from '@bachata-buddy/platform';

/**
 * A query string as an object, its texts in one normal form; of a repeated parameter the last counts. Malformed escapes
 * stay as they are.
 */
export function parseQueryString(text: string): Record<string, string> {
  const parameters = [...new URLSearchParams(text)];
  return Object.fromEntries(parameters.map(([name, value]) => [name, composed(value)]));
}

/** A parameter's text without the spaces around it; undefined where it is absent or empty, which count as the same. */
export function textOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** Whether a parameter says `true`. */
export function isTrue(text: string | undefined): boolean {
  return ['true', '1'].includes(textOf(text)?.toLowerCase() ?? '');
}

/** The whole number that a parameter holds, or undefined where it holds something else. */
export function parseInteger(text: string | undefined): number | undefined {
  return /^\s*[+-]?\d+\s*$/.test(text ?? '') ? Number(text) : undefined;
}
