/** An address without what signs it: the same for the same file, however often it is signed afresh. */
export function fileOf(url: string): string {
  return url.split(/[?#]/)[0] ?? url;
}
