import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { showLook } from './show-look.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a look can do wrong: all else is asked of what is there, which is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe-core finds wrong with the page in both looks, one line for each look, rule and place. It is left light. */
export async function violationsInBothLooks(page: Page): Promise<string[]> {
  await showLook(page, 'dark');
  const inDark = await violations(page, { type: 'rule', values: OF_COLOURS });
  await showLook(page, 'light');
  const inLight = await violations(page, { type: 'tag', values: TAGS });
  return [...inDark.map((line) => `dark: ${line}`), ...inLight.map((line) => `light: ${line}`)];
}

/** The same in the look that it has. */
export function axeViolations(page: Page): Promise<string[]> {
  return violations(page, { type: 'tag', values: TAGS });
}

interface Asked {
  readonly type: 'rule' | 'tag';
  readonly values: string[];
}

async function violations(page: Page, runOnly: Asked): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({ runOnly: asked });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }, runOnly);
}
