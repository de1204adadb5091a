import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { buildStudio } from '../../build/studio.ts';
import { launchBrowser } from '../../dev/system/browser.ts';
import { keptPrograms } from '../../dev/system/programs.ts';
import { type RunningSystem, startSystem } from '../../dev/system/running-system.ts';
import { makeDirectory, type TeardownContext } from '../../dev/system/teardown.ts';
import { ROOT_DIRECTORY } from '../../paths.ts';

/** A dance to it has more than ten joins. */
const SONG_SEC = 52;
/** The shortest there is: a preview that plays through outlives its addresses. */
const SIGNED_URL_TTL_SEC = 60;
/** Against hanging alone: the machine may be busy. */
const TIMEOUT_MS = 240_000;

const CONTEXT: BrowserContextOptions = {
  locale: 'en-GB',
  reducedMotion: 'reduce',
  colorScheme: 'light',
  viewport: { width: 1_280, height: 900 },
};

export interface OpenStudio {
  readonly system: RunningSystem;
  readonly context: BrowserContext;
  /** The tab of the journey. */
  readonly page: Page;
  /** Another tab of the same browser. */
  newTab(size?: { readonly width: number; readonly height: number }): Promise<Page>;
  /** A tab of a browser that has not been there yet. */
  newVisitor(options?: BrowserContextOptions): Promise<Page>;
  /** What the browser complained of, in any tab. Who brings a complaint about on purpose takes it out. */
  readonly complaints: string[];
}

/** The whole system with the page built into it, and a browser that has not been there yet. */
export async function openStudio(t: TeardownContext, executablePath: string): Promise<OpenStudio> {
  const directory = join(await makeDirectory(t), 'studio');
  await buildStudio({ root: ROOT_DIRECTORY, directory });
  const system = await startSystem(t, {
    songDurationSec: SONG_SEC,
    areFilmsOwn: true,
    programs: keptPrograms,
    environment: {
      STUDIO_DIR: directory,
      RENDER_SIZE: '640x360',
      SIGNED_URL_TTL_SEC: String(SIGNED_URL_TTL_SEC),
      AUTH_ROTATE_REFRESH: 'true',
    },
  });
  const browser = await launchBrowser(executablePath);
  t.teardown(() => browser.close());
  const complaints: string[] = [];
  const newContext = async (options: BrowserContextOptions = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({ ...CONTEXT, ...options });
    context.setDefaultTimeout(TIMEOUT_MS);
    // What is run in the page is compiled with the names of its functions kept.
    await context.addInitScript('globalThis.__name = (named) => named');
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    return context;
  };
  const context = await newContext();
  const newTab: OpenStudio['newTab'] = async (size) => {
    const tab = await context.newPage();
    if (size !== undefined) await tab.setViewportSize(size);
    return tab;
  };
  const newVisitor: OpenStudio['newVisitor'] = async (options) => (await newContext(options)).newPage();
  const page = await newTab();
  return { system, context, page, newTab, newVisitor, complaints };
}

/** The file of a rendered dance. */
export function videoOf({ system }: OpenStudio, taskId: string): string {
  return join(system.mediaDirectory, `output/choreography_${taskId}.mp4`);
}
