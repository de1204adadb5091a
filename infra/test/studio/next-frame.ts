import type { Page } from 'playwright-core';

/** Waits until what has been done by now is drawn. Where motion is not wanted every transition is over then. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}
