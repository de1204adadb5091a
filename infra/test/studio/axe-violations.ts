import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { showLook } from './show-look.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe-core finds wrong with the page in both looks, one line for each look, rule and place. It is left light.
 *
 * @param within selector of the part that is looked at; default all of it
 */
export async function violationsInBothLooks(page: Page, within?: string): Promise<string[]> {
  const found: string[] = [];
  for (const look of ['dark', 'light'] as const) {
    await showLook(page, look);
    found.push(...(await axeViolations(page, within)).map((line) => `${look}: ${line}`));
  }
  return found;
}

/** The same in the look that it has. */
export async function axeViolations(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(
    async ({ within, tags }) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(within, {
        runOnly: { type: 'tag', values: tags },
        // To say where all that is right is would take longer than to find what is not.
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    },
    { within, tags: TAGS },
  );
}
