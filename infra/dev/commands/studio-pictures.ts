import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import type { Browser, Page } from 'playwright-core';
import { infraError } from '../../errors.ts';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { type ApiUser, accepted, signIn } from '../system/api-user.ts';
import { findChromium, launchBrowser } from '../system/browser.ts';

const HELP = `
Usage: node infra/build/run-program.mjs infra/dev/commands/studio-pictures.ts --username NAME --password PASSWORD
         [--url URL] [--out FOLDER] [--look light|dark] [--view NAME]

Takes a picture of each view of a page that is being served, at the size of a desktop and of a phone. The user should
have a dance, a collection and a class plan: the demo's has, once somebody has kept one.

  --url URL      where it is served (default http://localhost:8000)
  --out FOLDER   where the pictures go (default docs/studio)
  --look LOOK    default dark
  --view NAME    that one alone
`;

const SIZES = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 360, height: 740 },
] as const;

/** What loads without the network being quiet: pictures, fonts, a first frame. */
const SETTLE_MS = 1_500;

/** Text stays sharp, and a picture below 150 kB. */
const QUALITY = 82;

async function main(): Promise<undefined> {
  const { values } = parseCommandLine({
    help: HELP,
    options: {
      url: { type: 'string', default: 'http://localhost:8000' },
      out: { type: 'string', default: join(ROOT_DIRECTORY, 'docs/studio') },
      look: { type: 'string', default: 'dark' },
      view: { type: 'string' },
      username: { type: 'string' },
      password: { type: 'string' },
    },
    args: process.argv.slice(2),
  });
  const { url, out, look, view, username, password } = values;
  if (username === undefined || password === undefined) throw usageError('Give --username and --password.');
  if (look !== 'light' && look !== 'dark') throw usageError('--look is light or dark.');
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw infraError('COMMAND_FAILED', 'There is no Chromium (Debian: apt-get install chromium).');
  const views = await viewsOf(await signIn(url, username, password));
  await mkdir(out, { recursive: true });
  const browser = await launchBrowser(executablePath);
  try {
    for (const size of SIZES) {
      const page = await openPage(browser, size, look);
      await page.goto(`${url}/sign-in`);
      if (view === undefined || view === 'sign-in') await take(page, join(out, `sign-in-${size.name}.jpg`));
      await enter(page, username, password);
      for (const [name, path] of views.filter(([name]) => view === undefined || name === view)) {
        await page.goto(`${url}${path}`);
        await take(page, join(out, `${name}-${size.name}.jpg`));
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
}

async function openPage(
  browser: Browser,
  { width, height }: { readonly width: number; readonly height: number },
  look: 'light' | 'dark',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: look,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  return context.newPage();
}

async function enter(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => address.pathname === '/');
}

async function take(page: Page, path: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path, type: 'jpeg', quality: QUALITY });
  process.stdout.write(`${path}\n`);
}

/** Names of views, each with its address: of the youngest dance, of the youngest class plan. */
async function viewsOf({ client }: ApiUser): Promise<[name: string, path: string][]> {
  const query = { status: 'completed', page_size: '1' };
  const [task] = accepted(await client.GET('/api/choreography/tasks/', { params: { query } })).results;
  const plans = await client.GET('/api/instructors/class-plans/', { params: { query: { page_size: '1' } } });
  const plan = plans.data?.results[0];
  return [
    ['make', '/'],
    ...(task === undefined ? [] : [['dance', `/dance/${task.task_id}`] as [string, string]]),
    ['collection', '/collection'],
    ['classes', '/plans'],
    ...(plan === undefined ? [] : [['class', `/plans/${plan.id}`] as [string, string]]),
    ['account', '/account'],
  ];
}

await runCommand(main);
