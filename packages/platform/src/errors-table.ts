import type { ErrorTable } from './error-codes.ts';

/**
 * A room's errors as a table in Markdown, one code a row, in the table's order.
 *
 * @throws Error where a `|` would break the table
 */
export function errorsTable(table: ErrorTable): string {
  const rows = Object.entries(table).map(([code, { meaning, retryable = false, isAboutFile = false }]) => {
    if (meaning.includes('|')) throw new Error(`${code} would break the table`);
    return `| \`${code}\` | ${meaning} | ${retryable ? 'yes' : ''} | ${isAboutFile ? 'yes' : ''} |`;
  });
  return ['| Code | Meaning | May pass | Of one file |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
