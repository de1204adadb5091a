/**
 * A query string as an object, its texts in one normal form; of a repeated parameter the last counts. Malformed escapes
 * stay as they are.
 */
export function parseQueryString(text: string): Record<string, string> {
  const parameters = [...new URLSearchParams(text)];
  return Object.fromEntries(parameters.map(([name, value]) => [name, value.normalize('NFC')]));
}

/** A parameter's text without the spaces around it; undefined where it is absent or empty, which count as the same. */
export function textOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** The whole number that a parameter holds, or undefined where it holds something else. */
export function parseInteger(text: string | undefined): number | undefined {
  return /^\s*[+-]?\d+\s*$/.test(text ?? '') ? Number(text) : undefined;
}
