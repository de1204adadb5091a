import type { Browser } from 'playwright-core';
import { buildStudio } from '../../infra/build/studio.ts';
import { registerUser } from '../../infra/dev/system/api-user.ts';
import { findChromium, launchBrowser } from '../../infra/dev/system/browser.ts';
import { keptPrograms } from '../../infra/dev/system/programs.ts';
import { startSystem } from '../../infra/dev/system/running-system.ts';
import { makeDirectory, withTeardown } from '../../infra/dev/system/teardown.ts';
import { infraError } from '../../infra/errors.ts';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';
import { median } from '../median.ts';
import { LOAD_MARK, type PageLoad, pageLoadOf, type TraceEvent } from './page-load.ts';

const WANTED_INTERACTIVE_MS = 1_500;
const WANTED_SCRIPT_BYTES = 250_000;
/** Five quiet seconds say that a page has come to rest; a load takes some before. */
const TRACED_MS = 12_000;
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'loading',
  'blink.user_timing',
  'toplevel',
];
const PASSWORD = 'una-noche-muy-larga';

interface BenchOptions {
  readonly rounds: number;
  readonly isJson: boolean;
  readonly say: (line: string) => void;
}

interface Load extends PageLoad {
  /** Of JavaScript, as it came over the wire. */
  readonly scriptBytes: number;
}

/**
 * Loads the page with nothing kept of it, once as somebody who has to sign in and once as somebody who goes on, and says by
 * Chromium's own trace how soon it is seen and answers.
 *
 * @throws AppError `BENCH_FAILED` where it takes longer, or weighs more, than is wanted
 */
export async function benchStudio({ rounds, isJson, say }: BenchOptions): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    say('studio: skipped, there is no Chromium (Debian: apt-get install chromium)');
    return;
  }
  await withTeardown(async (context) => {
    const directory = await makeDirectory(context);
    await buildStudio({ root: ROOT_DIRECTORY, directory });
    const environment = { STUDIO_DIR: directory };
    const options = { catalogue: 'demo', programs: keptPrograms, environment } as const;
    const { origin } = await startSystem(context, options);
    await registerUser(origin, 'ana', PASSWORD);
    const browser = await launchBrowser(executablePath);
    context.teardown(() => browser.close());
    const figures = {
      'sign in': await measure(browser, { origin, refresh: null, rounds }),
      make: await measure(browser, { origin, refresh: await refreshTokenOf(origin), rounds }),
    };
    if (isJson) say(JSON.stringify(figures));
    else for (const [view, load] of Object.entries(figures)) say(lineOf(view, load));
    assertWanted(Object.values(figures));
  });
}

async function refreshTokenOf(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ana', password: PASSWORD }),
  });
  return ((await answer.json()) as { refresh: string }).refresh;
}

interface Visit {
  readonly origin: string;
  /** Null: nobody is signed in. */
  readonly refresh: string | null;
}

async function measure(
  browser: Browser,
  { rounds, ...visit }: Visit & { readonly rounds: number },
): Promise<Load> {
  const loads: Load[] = [];
  for (let round = 0; round < rounds; round += 1) loads.push(await load(browser, visit));
  const of = (figure: keyof Load): number => median(loads.map((one) => one[figure]));
  return {
    firstPaintMs: of('firstPaintMs'),
    largestPaintMs: of('largestPaintMs'),
    interactiveMs: of('interactiveMs'),
    blockedMs: of('blockedMs'),
    scriptBytes: of('scriptBytes'),
  };
}

/** A first visit: a context of its own has nothing kept. */
async function load(browser: Browser, { origin, refresh }: Visit): Promise<Load> {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    if (refresh !== null)
      await context.addInitScript(`sessionStorage.setItem('studio.refresh', ${JSON.stringify(refresh)})`);
    const page = await context.newPage();
    let scriptBytes = 0;
    page.on('requestfinished', async (request) => {
      if (new URL(request.url()).pathname.endsWith('.js'))
        scriptBytes += (await request.sizes()).responseBodySize;
    });
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.goto(origin);
    // Nothing is asked of the page meanwhile: to look for something in it again and again is work that its visitors do not have.
    await page.waitForTimeout(TRACED_MS);
    const markedMs = await page.evaluate((mark) => performance.mark(mark).startTime, LOAD_MARK);
    const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
    if (!(await page.getByRole('heading', { level: 1 }).isVisible())) throw new Error('No view was shown.');
    return { ...pageLoadOf(trace.traceEvents, markedMs), scriptBytes };
  } finally {
    await context.close();
  }
}

function lineOf(
  view: string,
  { firstPaintMs, largestPaintMs, interactiveMs, blockedMs, scriptBytes }: Load,
): string {
  const ms = (value: number): string => `${Math.round(value)} ms`;
  return (
    `studio, ${view}: seen after ${ms(firstPaintMs)}, all of it after ${ms(largestPaintMs)}, ` +
    `interactive after ${ms(interactiveMs)}, blocked for ${ms(blockedMs)}; ` +
    `${Math.round(scriptBytes / 1_000)} kB of JavaScript`
  );
}

function assertWanted(loads: readonly Load[]): void {
  const missed = [
    loads.some(({ interactiveMs }) => interactiveMs > WANTED_INTERACTIVE_MS) &&
      `the page answers later than after ${WANTED_INTERACTIVE_MS} ms`,
    loads.some(({ scriptBytes }) => scriptBytes > WANTED_SCRIPT_BYTES) &&
      `it loads more than ${WANTED_SCRIPT_BYTES / 1_000} kB of JavaScript`,
  ].filter((problem) => problem !== false);
  if (missed.length > 0) throw infraError('BENCH_FAILED', `${missed.join('; ')}.`);
}
