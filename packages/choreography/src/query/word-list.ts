/** The words of a list with spaces between them, to ask whether one is among them. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
