import type { Locator, Page, Route } from 'playwright-core';
import type { Test } from 'tap';
import { PASSWORD } from './ana.ts';
import { violationsInBothLooks } from './axe-violations.ts';
import { nextFrame } from './next-frame.ts';

/** Something that is done in a dialog. */
export interface DialogAct {
  /** Opens it, on its view. */
  readonly open: (page: Page) => Promise<void>;
  /** Fills in what it asks for at least. */
  readonly fill?: (dialog: Locator) => Promise<void>;
  /** What the button says that does it. */
  readonly action: string;
}

export const TROUBLE = /The studio has trouble of its own/;
const API = /\/api\//;
const COLLECTION = /\/api\/collections\/\?/;
const DIALOG = '[role=dialog], [role=alertdialog]';

const refuse = (route: Route): Promise<void> => route.fulfill({ status: 500, json: {} });

/** Where what is asked for in a dialog fails, it is said there, and what was entered stays. */
export async function failInDialogs(t: Test, page: Page, acts: readonly DialogAct[]): Promise<void> {
  const refuseActs = (route: Route): Promise<void> =>
    route.request().method() === 'GET' ? route.fallback() : refuse(route);
  await page.route(API, refuseActs);
  const dialog = page.locator(DIALOG);
  for (const { open, fill, action } of acts) {
    await open(page);
    await fill?.(dialog);
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await dialog.getByRole('alert').getByText(TROUBLE).waitFor();
    t.strictSame(await violationsInBothLooks(page, DIALOG), [], action);
    await leave(page, dialog);
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

const byButton =
  (name: string) =>
  (page: Page): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();

const byMenu = (menu: string, item: string) => async (page: Page) => {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** Of the view with songs. */
export const SONG_ACTS: readonly DialogAct[] = [
  {
    open: byButton('Bring a song of yours'),
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
  const menu = `What to do with ${title}`;
  return [
    { open: byMenu(menu, 'Title and notes'), action: 'Save' },
    { open: byMenu(menu, 'Take out'), action: 'Take out' },
    {
      open: byButton('Add a video of yours'),
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
    open: byButton('New class'),
    fill: (dialog) => dialog.getByLabel('Title', { exact: true }).fill('Jueves'),
    action: 'Create the class',
  },
];

/** @param title of a dance that is in the class */
export function classActs(title: string): DialogAct[] {
  return [
    { open: byMenu('More', 'Edit'), action: 'Save' },
    { open: byMenu('More', 'Delete'), action: 'Delete' },
    { open: byButton(`Notes on ${title}`), action: 'Save' },
    { open: listInVain, action: `Add ${title}` },
  ];
}

/** The list of dances that can be added to a class does not come at first. */
async function listInVain(page: Page): Promise<void> {
  await page.route(COLLECTION, refuse);
  await page.getByRole('button', { name: 'Add a dance', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('alert').getByText(TROUBLE).waitFor();
  await page.unroute(COLLECTION, refuse);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('alert').waitFor({ state: 'detached' });
}

export const ACCOUNT_ACTS: readonly DialogAct[] = [
  {
    open: byButton('Delete my account'),
    fill: (dialog) => dialog.getByLabel('Your password, to make sure it is you').fill(PASSWORD),
    action: 'Delete everything',
  },
];

/** Of a song of one's own. */
export function ownSongActs(title: string): DialogAct[] {
  return [{ open: byMenu(`What to do with ${title}`, 'Delete'), action: 'Delete' }];
}

export const CANCEL_ACTS: readonly DialogAct[] = [{ open: byButton('Cancel'), action: 'Cancel the dance' }];
