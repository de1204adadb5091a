import type { Page } from 'playwright-core';

/** Closes a tab whose requests are answered by the test: those under way are for nobody any more, and fail. */
export async function closeTab(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
}
