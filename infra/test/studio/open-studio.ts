import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { buildStudio } from '../../build/studio.ts';
import { launchBrowser } from '../../dev/system/browser.ts';
import { type RunningSystem, startSystem } from '../../dev/system/running-system.ts';
import { makeDirectory, type TeardownContext } from '../../dev/system/teardown.ts';
import { ROOT_DIRECTORY } from '../../paths.ts';

const SONG_SEC = 40;
/** Against hanging alone: the machine may be busy. */
const TIMEOUT_MS = 240_000;

export interface OpenStudio {
  readonly system: RunningSystem;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** Bytes of JavaScript that came over the wire, by address. */
  readonly scripts: ReadonlyMap<string, number>;
}

/** The whole system with the page built into it, and a browser that has not been there yet. */
export async function openStudio(t: TeardownContext, executablePath: string): Promise<OpenStudio> {
  const directory = join(await makeDirectory(t), 'studio');
  await buildStudio({ root: ROOT_DIRECTORY, directory });
  const environment = { STUDIO_DIR: directory };
  const system = await startSystem(t, { songDurationSec: SONG_SEC, environment });
  const browser = await launchBrowser(executablePath);
  t.teardown(() => browser.close());
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const scripts = new Map<string, number>();
  page.on('requestfinished', async (request) => {
    if (!new URL(request.url()).pathname.endsWith('.js')) return;
    const { responseBodySize } = await request.sizes();
    scripts.set(request.url(), responseBodySize);
  });
  return { system, context, page, complaints, scripts };
}
