/** A query string as an object; of a repeated parameter the last counts. Malformed escapes stay as they are. */
export function parseQueryString(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}
