/** Deeper than any honest document; far below where serialising it would exhaust the stack. */
const MAX_NESTING = 32;

/**
 * Why a value cannot be stored as text or JSON, or undefined where it can. PostgreSQL holds neither NUL nor
 * halves of surrogate pairs; keys count as well as values.
 */
export function findUnstorableText(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return problemOfText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_NESTING) return 'This value is nested too deeply.';
  for (const [key, inner] of Object.entries(value)) {
    const problem = problemOfText(key) ?? findUnstorableText(inner, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'Null characters are not allowed.';
  const surrogate = /\p{Surrogate}/u.exec(text)?.[0];
  if (surrogate === undefined) return undefined;
  return `Surrogate characters are not allowed: U+${surrogate.charCodeAt(0).toString(16).toUpperCase()}.`;
}
