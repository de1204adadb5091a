import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { violationsInBothLooks } from './axe-violations.ts';
import { closeTab } from './close-tab.ts';
import { heldTask } from './held-task.ts';
import { heading } from './journey.ts';
import type { OpenStudio } from './open-studio.ts';

interface Read {
  readonly path: string;
  /** Names of buttons behind which there are dialogs. */
  readonly dialogs?: readonly string[];
}

/** Every view, and what lies over it, as somebody sees it who reads Spanish. */
export async function readInSpanish(t: Test, studio: OpenStudio, taskId: string): Promise<void> {
  const page = await studio.newTab();
  await page.addInitScript("localStorage.setItem('studio.language', 'es')");
  const views: Read[] = [
    { path: '/', dialogs: ['Traer una canción tuya'] },
    { path: '/collection', dialogs: ['Añadir un vídeo tuyo'] },
    { path: '/plans', dialogs: ['Clase nueva'] },
    { path: '/account', dialogs: ['Borrar mi cuenta'] },
    { path: `/dance/${taskId}`, dialogs: ['Atajos de teclado'] },
    { path: '/nowhere' },
  ];
  for (const { path, dialogs = [] } of views) {
    await page.goto(studio.system.origin + path);
    await heading(page, /./).waitFor();
    // Until nothing is on its way.
    await page.waitForFunction(() => document.querySelector('main [role=status] > span') === null);
    t.equal(await page.locator('html').getAttribute('lang'), 'es');
    t.strictSame(await violationsInBothLooks(page), [], path);
    for (const name of dialogs) await readDialog(t, page, name);
  }
  await heldTask(page, { status: 'running', progress: 40, stage: 'video_assembly' });
  await page.goto(`${studio.system.origin}/progress/${taskId}`);
  await page.getByText('40', { exact: false }).first().waitFor();
  t.strictSame(await violationsInBothLooks(page), [], 'progress');
  await page.evaluate("localStorage.setItem('studio.language', 'en')");
  await closeTab(page);
}

async function readDialog(t: Test, page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  t.strictSame(await violationsInBothLooks(page), [], name);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}
