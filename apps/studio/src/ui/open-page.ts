/** Long enough for a slow device to have read it. */
const KEPT_MS = 60_000;

/** Opens a page that is here already in a tab of its own, or as a download where the browser lets no tab open. */
export function openPage(page: Blob): void {
  const address = URL.createObjectURL(page);
  const link = document.createElement('a');
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
