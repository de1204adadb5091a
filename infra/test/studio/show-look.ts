import type { Page } from 'playwright-core';

/** Has the page follow the system from one look to the other, and waits until its colours have changed. */
export async function showLook(page: Page, look: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: look });
  await page.waitForSelector(`html[data-look="${look}"]`);
  // Where motion is not wanted every transition is over with the next frame.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}
