import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { showLook } from './show-look.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** All that axe has a rule for in these norms, and what of it is about colours. */
const RULES = {
  all: { type: 'tag', values: TAGS },
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const;

/**
 * What axe-core finds wrong with the page in both looks, one line for each look, rule and place. It is left light. The looks
 * have the same document and differ in colours alone (`ui/tokens.css`): anything else is looked at in one of them.
 *
 * @param within selector of the part that is looked at; default all of it
 */
export async function violationsInBothLooks(page: Page, within?: string): Promise<string[]> {
  const found: string[] = [];
  for (const [look, rules] of [['dark', 'colours'] as const, ['light', 'all'] as const]) {
    await showLook(page, look);
    found.push(...(await axeViolations(page, { within, rules })).map((line) => `${look}: ${line}`));
  }
  return found;
}

interface AxeOptions {
  readonly within?: string | undefined;
  readonly rules?: keyof typeof RULES;
}

/** The same in the look that it has. */
export async function axeViolations(
  page: Page,
  { within = 'html', rules = 'all' }: AxeOptions = {},
): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(await readFile(AXE, 'utf8'));
  const { type, values } = RULES[rules];
  return page.evaluate(
    async ({ within, type, values }) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(within, {
        runOnly: { type, values },
        // To say where all that is right is would take longer than to find what is not.
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    },
    { within, type, values: [...values] },
  );
}
