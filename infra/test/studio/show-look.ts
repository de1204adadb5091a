import type { Page } from 'playwright-core';
import { nextFrame } from './next-frame.ts';

/** Has the page follow the system from one look to the other, and waits until its colours have changed. */
export async function showLook(page: Page, look: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: look });
  await page.waitForSelector(`html[data-look="${look}"]`);
  await nextFrame(page);
}
