import type { Test } from 'tap';
import { violationsInBothLooks } from './axe-violations.ts';
import type { OpenStudio } from './open-studio.ts';

const PHONE = { width: 360, height: 740 };

/** The tools of practising in the hand: few at once, all of them within reach. */
export async function practiseOnPhone(t: Test, studio: OpenStudio, taskId: string): Promise<void> {
  const page = await studio.newTab(PHONE);
  await page.goto(`${studio.system.origin}/dance/${taskId}`);
  const toolbar = page.getByRole('toolbar', { name: 'Practise' });
  await toolbar.waitFor();
  const tops = await toolbar.getByRole('button').evaluateAll((buttons: HTMLElement[]) =>
    buttons.map((button) => {
      const { top, bottom } = button.getBoundingClientRect();
      return Math.round((top + bottom) / 2);
    }),
  );
  t.equal(new Set(tops).size, 2, 'the tools take two rows');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  t.equal(overflow, 0, 'nothing is wider than the screen');

  const more = toolbar.getByRole('button', { name: 'More tools' });
  await more.focus();
  await page.keyboard.press('Enter');
  // The keys go where the focus is, which comes a little later than the menu.
  const focused = page.locator('[role=menuitem]:focus');
  await focused.waitFor();
  const before = await page.evaluate(() => document.querySelector('video')!.currentTime);
  await page.keyboard.press('ArrowDown');
  await focused.filter({ hasText: 'One picture on' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction((sec) => document.querySelector('video')!.currentTime > sec, before);
  t.ok(
    await page.getByRole('menuitem', { name: 'One picture on' }).isVisible(),
    'the menu stays for the next one',
  );
  t.strictSame(await violationsInBothLooks(page), [], 'with axe');
  const counts = page.getByRole('menuitemcheckbox', { name: 'Counts on the picture' });
  t.equal(await counts.getAttribute('aria-checked'), 'true');
  await counts.press('Enter');
  await page.getByTestId('captions').waitFor({ state: 'detached' });
  await toolbar.getByRole('button', { name: 'Loop this move' }).click();
  await page.getByTestId('loop').waitFor();
  await page.close();
}
