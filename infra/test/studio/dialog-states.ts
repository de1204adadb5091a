import type { Locator, Page, Route } from 'playwright-core';
import type { Test } from 'tap';
import { PASSWORD } from './ana.ts';
import { violationsInBothLooks } from './axe-violations.ts';
import { nextFrame } from './next-frame.ts';

/** Something that is done in a dialog. */
export interface DialogAct {
  /** The button that opens it, on its view; or the menu that it is an item of. */
  readonly opener: string;
  readonly item?: string;
  /** Default: presses them. */
  readonly open?: (page: Page) => Promise<void>;
  /** Fills in what it asks for at least. */
  readonly fill?: (dialog: Locator) => Promise<void>;
  /** What the button says that does it. */
  readonly action: string;
}

export const TROUBLE = /The studio has trouble of its own/;
const API = /\/api\//;
const COLLECTION = /\/api\/collections\/\?/;
const ADD_A_DANCE = 'Add a dance';
const DIALOG = '[role=dialog], [role=alertdialog]';

const refuse = (route: Route): Promise<void> => route.fulfill({ status: 500, json: {} });

/**
 * Where what is asked for in a dialog fails, it is said there, and what was entered stays. Who leaves it is where they were
 * before.
 */
export async function failInDialogs(t: Test, page: Page, acts: readonly DialogAct[]): Promise<void> {
  const refuseActs = (route: Route): Promise<void> =>
    route.request().method() === 'GET' ? route.fallback() : refuse(route);
  await page.route(API, refuseActs);
  const dialog = page.locator(DIALOG);
  for (const act of acts) {
    const { opener, fill, action } = act;
    await (act.open ?? ((page) => press(page, act)))(page);
    await fill?.(dialog);
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await dialog.getByRole('alert').getByText(TROUBLE).waitFor();
    t.strictSame(await violationsInBothLooks(page, DIALOG), [], action);
    await leave(page, dialog);
    const focused = page.locator(':focus');
    await focused.waitFor();
    const isOpener = await focused.and(button(page, opener)).count();
    t.equal(isOpener, 1, `${action}: what opened it has the focus again`);
  }
  await page.unroute(API, refuseActs);
}

/** By Escape, which takes away first, one at a time, what news of something else lie over the dialog. */
async function leave(page: Page, dialog: Locator): Promise<void> {
  while ((await dialog.count()) > 0) {
    await page.keyboard.press('Escape');
    await nextFrame(page);
  }
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

async function press(page: Page, { opener, item }: DialogAct): Promise<void> {
  await button(page, opener).click();
  if (item !== undefined) await page.getByRole('menuitem', { name: item }).click();
}

/** Of the view with songs. */
export const SONG_ACTS: readonly DialogAct[] = [
  {
    opener: 'Bring a song of yours',
    fill: async (dialog) => {
      const song = { name: 'mia.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('of no matter') };
      await dialog.getByLabel('Audio file').setInputFiles(song);
      await dialog.getByLabel('I may use this song so, for myself').check();
    },
    action: 'Bring it',
  },
];

/** @param title of something that is kept. @param video a file that can be played */
export function collectionActs(title: string, video: string): DialogAct[] {
  const opener = `What to do with ${title}`;
  return [
    { opener, item: 'Title and notes', action: 'Save' },
    { opener, item: 'Take out', action: 'Take out' },
    {
      opener: 'Add a video of yours',
      fill: async (dialog) => {
        await dialog.getByLabel('Video file (mp4)').setInputFiles(video);
        await dialog.getByLabel('Title', { exact: true }).fill('Mi fiesta');
      },
      action: 'Add it',
    },
  ];
}

export const CLASSES_ACTS: readonly DialogAct[] = [
  {
    opener: 'New class',
    fill: (dialog) => dialog.getByLabel('Title', { exact: true }).fill('Jueves'),
    action: 'Create the class',
  },
];

/** @param title of a dance that is in the class */
export function classActs(title: string): DialogAct[] {
  return [
    { opener: 'More', item: 'Edit', action: 'Save' },
    { opener: 'More', item: 'Delete', action: 'Delete' },
    { opener: `Notes on ${title}`, action: 'Save' },
    { opener: ADD_A_DANCE, open: listInVain, action: `Add ${title}` },
  ];
}

/** The list of dances that can be added to a class does not come at first. */
async function listInVain(page: Page): Promise<void> {
  await page.route(COLLECTION, refuse);
  await button(page, ADD_A_DANCE).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('alert').getByText(TROUBLE).waitFor();
  await page.unroute(COLLECTION, refuse);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('alert').waitFor({ state: 'detached' });
}

export const ACCOUNT_ACTS: readonly DialogAct[] = [
  {
    opener: 'Delete my account',
    fill: (dialog) => dialog.getByLabel('Your password, to make sure it is you').fill(PASSWORD),
    action: 'Delete everything',
  },
];

/** Of a song of one's own. */
export function ownSongActs(title: string): DialogAct[] {
  return [{ opener: `What to do with ${title}`, item: 'Delete', action: 'Delete' }];
}

export const CANCEL_ACTS: readonly DialogAct[] = [{ opener: 'Cancel', action: 'Cancel the dance' }];
