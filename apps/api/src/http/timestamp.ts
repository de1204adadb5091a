/** ISO 8601 in UTC, whole seconds, as the API document shows it: `2025-11-09T12:34:56Z`. */
export function toTimestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
