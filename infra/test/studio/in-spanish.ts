import type { Test } from 'tap';
import { axeViolations } from './axe-violations.ts';
import { heldTask } from './held-task.ts';
import { heading } from './journey.ts';
import type { OpenStudio } from './open-studio.ts';
import { showLook } from './show-look.ts';

/** Every view, as somebody sees it who reads Spanish in the dark. */
export async function readInSpanish(t: Test, studio: OpenStudio, taskId: string): Promise<void> {
  const page = await studio.newTab();
  await page.addInitScript("localStorage.setItem('studio.language', 'es')");
  const paths = ['/', '/collection', '/plans', '/account', `/dance/${taskId}`, '/nowhere'];
  for (const path of paths) {
    await page.goto(studio.system.origin + path);
    await heading(page, /./).waitFor();
    // Until nothing is on its way.
    await page.waitForFunction(() => document.querySelector('main [role=status] > span') === null);
    t.equal(await page.locator('html').getAttribute('lang'), 'es');
    await showLook(page, 'dark');
    t.strictSame(await axeViolations(page), [], `${path}, in Spanish and dark`);
  }
  await heldTask(page, { status: 'running', progress: 40, stage: 'video_assembly' });
  await page.goto(`${studio.system.origin}/progress/${taskId}`);
  await page.getByText('40', { exact: false }).first().waitFor();
  t.strictSame(await axeViolations(page), [], 'progress, in Spanish and dark');
  await page.evaluate("localStorage.setItem('studio.language', 'en')");
  await page.close();
}
