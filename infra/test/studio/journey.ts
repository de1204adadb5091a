import { join } from 'node:path';
import { createLoginLink, setInstructorRole } from '@bachata-buddy/database';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import type { Locator, Page, Request } from 'playwright-core';
import type { Test } from 'tap';
import { linkToDance } from '../../dev/commands/demo-link.ts';
import { PASSWORD, USERNAME } from './ana.ts';
import { violationsInBothLooks } from './axe-violations.ts';
import { CANCEL_ACTS, failInDialogs, ownSongActs } from './dialog-states.ts';
import { heldTask } from './held-task.ts';
import type { OpenStudio } from './open-studio.ts';
import { withoutComplaints } from './without-complaints.ts';

/** Of the first view, compressed. */
const MOST_SCRIPT_BYTES = 250_000;
const LINK_VALID_SEC = 60;
const DANCE = /\/dance\/[0-9a-f-]{36}$/;

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name });

async function assertAccessible(t: Test, page: Page, view: string): Promise<void> {
  t.strictSame(await violationsInBothLooks(page), [], view);
}

/** Registers, and comes to the first view. */
export async function comeIn(t: Test, { page, system }: OpenStudio): Promise<void> {
  const scripts: Promise<number>[] = [];
  const noteScript = (request: Request): void => {
    if (new URL(request.url()).pathname.endsWith('.js'))
      scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  };
  page.on('requestfinished', noteScript);
  await page.goto(system.origin);
  await heading(page, 'Come in').waitFor();
  await assertAccessible(t, page, 'sign-in');
  await page.getByRole('tab', { name: 'New here' }).click();
  const form = page.getByRole('tabpanel');
  await form.getByLabel('User name').fill(USERNAME);
  await page.getByRole('tab', { name: 'Sign in' }).click();
  await page.getByRole('tab', { name: 'New here' }).click();
  t.equal(await form.getByLabel('User name').inputValue(), USERNAME, 'what was typed stays');
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await form.getByLabel('The password once more').fill(PASSWORD);
  // So that every other tab is signed in too.
  await form.getByLabel(/^Stay signed in/).check();
  await page.getByRole('button', { name: 'Make my account' }).click();
  await heading(page, 'What do we dance?').waitFor();
  await page.getByText('Pulso', { exact: true }).waitFor();
  page.off('requestfinished', noteScript);
  const loaded = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0);
  t.comment(`${Math.round(loaded / 1000)} kB of JavaScript up to the first view`);
  t.ok(loaded > 0 && loaded < MOST_SCRIPT_BYTES, 'the first view is light');
  await assertAccessible(t, page, 'make');
}

/** @returns the id of a dance, whose making was watched */
export async function makeDance(t: Test, studio: OpenStudio): Promise<string> {
  const { page } = studio;
  const held = await heldTask(page, { status: 'running', progress: 40, stage: 'video_assembly' });
  await page.getByText('Pulso', { exact: true }).click();
  await page.getByText('Intermediate', { exact: true }).click();
  await page.getByRole('button', { name: 'Dance it' }).click();
  await page.getByText('40', { exact: false }).first().waitFor();
  await assertAccessible(t, page, 'progress');
  await withoutComplaints(studio, /500/, () => failInDialogs(t, page, CANCEL_ACTS));
  await held.release();
  await page.waitForURL(DANCE);
  return page.url().split('/').at(-1) ?? '';
}

export async function keepDances(t: Test, { page, system }: OpenStudio): Promise<void> {
  const video = join(t.testdir({}), 'clase.mp4');
  await makePulseClip(video, { durationSec: 3, tempoBpm: 118 });
  await page.goto(`${system.origin}/collection`);
  await heading(page, 'Your collection').waitFor();
  await page.getByRole('tab', { name: 'All I have made' }).click();
  await page.getByRole('button', { name: 'Keep' }).last().click();
  await page
    .getByText(/is in your collection/)
    .first()
    .waitFor();
  await assertAccessible(t, page, 'all dances');
  await page.getByRole('tab', { name: 'Kept' }).click();
  await page.getByRole('heading', { level: 2, name: /Pulso/ }).waitFor();
  await assertAccessible(t, page, 'collection');
  await page.getByRole('button', { name: /What to do with/ }).click();
  await page.getByRole('menuitem', { name: 'Title and notes' }).click();
  await page.getByRole('textbox', { name: 'Notes' }).fill('Slow at the end');
  await assertAccessible(t, page, 'notes');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Slow at the end').waitFor();
  await page.getByRole('button', { name: 'Add a video of yours' }).click();
  await page.getByLabel('Video file (mp4)').setInputFiles(video);
  await page.getByLabel('Title', { exact: true }).fill('Mi clase');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('heading', { level: 2, name: 'Mi clase' }).waitFor();
}

export async function danceToSentence(t: Test, { page, system }: OpenStudio): Promise<void> {
  await page.goto(system.origin);
  await page.getByText('Pulso', { exact: true }).click();
  await page.getByRole('button', { name: 'Listen to Pulso' }).click();
  await page.getByRole('button', { name: 'Stop Pulso' }).waitFor();
  const tempo = page.getByLabel('Tempo', { exact: true });
  await tempo.selectOption('fast');
  await page.getByText('Pulso', { exact: true }).waitFor({ state: 'detached' });
  await tempo.selectOption('any');
  await page.getByRole('button', { name: 'Listen to Pulso' }).click();
  await page.getByRole('button', { name: 'Stop Pulso' }).waitFor();
  const inWords = page.getByRole('tab', { name: 'Say it in words' });
  await inWords.click();
  const quiet = page.getByRole('button', { name: 'Listen to Pulso', includeHidden: true });
  t.equal(await quiet.count(), 1, 'no song is heard that cannot be stopped');
  await page.getByLabel('What do you feel like?').fill('A calm bachata for beginners without dips');
  await page.getByRole('button', { name: 'What do you understand?' }).click();
  await page.getByRole('heading', { name: 'This is what we understood' }).waitFor();
  t.ok(
    await page.getByRole('radio', { name: 'Beginner' }).isChecked(),
    'the level of the sentence is understood',
  );
  t.ok(await page.getByText('no dip', { exact: true }).isVisible(), 'and what it refuses');
  await assertAccessible(t, page, 'understood');
  await page.getByRole('tab', { name: 'Pick a song' }).click();
  t.ok(
    await page.getByRole('radio', { name: 'Pulso' }).isChecked(),
    'the song that was chosen first still is',
  );
  await inWords.click();
  t.ok(await page.getByText('no dip', { exact: true }).isVisible(), 'nor is what was understood lost');
  await page.getByRole('button', { name: 'Dance it' }).click();
  await page.waitForURL(DANCE);
}

/** Brings a song, says how it is counted, deletes it. */
export async function bringSong(t: Test, studio: OpenStudio): Promise<void> {
  const { page, system } = studio;
  const song = join(t.testdir({}), 'mia.mp3');
  // Another recording than the catalogue's.
  await makePulseSong(song, { durationSec: 30, tempoBpm: 118 });
  await page.goto(system.origin);
  await page.getByRole('button', { name: 'Bring a song of yours' }).click();
  await page.getByLabel('Audio file').setInputFiles(song);
  await page.getByLabel('Title (optional)').fill('Mi canción');
  await page.getByLabel('I may use this song so, for myself').check();
  await assertAccessible(t, page, 'own song');
  await page.getByRole('button', { name: 'Bring it' }).click();
  await page.getByText('Yours', { exact: true }).click();
  const dance = page.getByRole('button', { name: 'Dance it' });
  t.ok(await dance.isEnabled(), 'it can be danced to');

  const menu = page.getByRole('button', { name: 'What to do with Mi canción' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'It is counted wrongly' }).click();
  const firstEight = page.getByLabel('An eight begins at (optional)');
  await firstEight.fill('300');
  await withoutComplaints(studio, /400/, async () => {
    await page.getByRole('button', { name: 'Count it so' }).click();
    await page.getByText(/There is no beat at 300 s/).waitFor();
  });
  t.equal(await firstEight.getAttribute('aria-invalid'), 'true', 'what is wrong is said at its field');
  await assertAccessible(t, page, 'counts of an own song');
  await firstEight.fill('4.2');
  const answered = page.waitForResponse((response) => response.url().endsWith('/grid/'));
  await page.getByRole('button', { name: 'Count it so' }).click();
  const { analysis } = await (await answered).json();
  const nearestSec = Math.min(...analysis.eights.map((sec: number) => Math.abs(sec - 4.2)));
  t.ok(
    nearestSec < 60 / 118 / 2 + 0.02,
    `an eight begins at the beat next to 4.2 s, ${nearestSec} s from it`,
  );

  await withoutComplaints(studio, /500/, () => failInDialogs(t, page, ownSongActs('Mi canción')));
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Mi canción', { exact: true }).waitFor({ state: 'detached' });
  t.ok(await dance.isDisabled(), 'and no more once it is deleted');
  const around = page.getByRole('group', { name: 'Songs' }).locator(':focus');
  t.equal(await around.count(), 1, 'the focus stays by the songs');
}

/** Plans a class, puts dances into it, and turns their order round. @returns its id */
export async function planClass(t: Test, { page, system }: OpenStudio): Promise<string> {
  await setInstructorRole(system.db, USERNAME, { isInstructor: true });
  await page.goto(`${system.origin}/plans`);
  await page.getByRole('button', { name: 'New class' }).first().click();
  await page.getByLabel('Title', { exact: true }).fill('Martes');
  await assertAccessible(t, page, 'new class');
  await page.getByRole('button', { name: 'Create the class' }).click();
  await heading(page, 'Martes').waitFor();
  await page.getByRole('button', { name: 'Add a dance', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const news = page.locator('li').filter({ hasText: /is added\.$/ });
  for (const title of ['Pulso', 'Mi clase']) {
    await page.getByRole('button', { name: new RegExp(`^Add ${title}`) }).click();
    await news.filter({ hasText: title }).waitFor();
    // A window that is not looked at keeps its news: none goes by itself while they are counted.
    await page.evaluate(() => globalThis.dispatchEvent(new Event('blur')));
  }
  // News lie over the dialog: Escape takes them first, one at a time, and the dialog only then.
  for (let left = await news.count(); left > 0; left -= 1) {
    t.ok(await dialog.isVisible(), `the dialog waits for ${left} news`);
    await page.keyboard.press('Escape');
    await news.nth(left - 1).waitFor({ state: 'detached' });
  }
  t.ok(await dialog.isVisible(), 'the dialog is still there');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const grip = page.getByRole('button', { name: 'Move Mi clase' });
  await grip.focus();
  await grip.press('Space');
  await page.getByText(/^Mi clase .* place 2 of 2\.$/).waitFor({ state: 'attached' });
  await grip.press('ArrowUp');
  await page.getByText('Mi clase would stand at place 1 of 2.').waitFor({ state: 'attached' });
  const ordered = page.waitForResponse((response) => response.url().includes('/reorder-sequences/'));
  await grip.press('Space');
  t.ok((await ordered).ok(), 'the order is kept');
  const planId = page.url().split('/').at(-1) ?? '';
  await assertAccessible(t, page, 'class');
  await page.goto(`${system.origin}/plans`);
  await page.getByRole('link', { name: 'Martes' }).waitFor();
  await assertAccessible(t, page, 'classes');
  await page.goto(`${system.origin}/account`);
  await heading(page, /./).waitFor();
  await assertAccessible(t, page, 'account');
  return planId;
}

/** Says how they dance, which holds for the next dance. */
export async function preferLevel(t: Test, { page, system }: OpenStudio): Promise<void> {
  await page.goto(`${system.origin}/account`);
  await page.getByText('Advanced', { exact: true }).click();
  const dancing = page.locator('form').filter({ hasText: 'Usual level' });
  await dancing.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Make', exact: true }).click();
  await heading(page, 'What do we dance?').waitFor();
  // Until what was saved is known here.
  const chosen = page.getByRole('radio', { name: 'Advanced', checked: true });
  await chosen.waitFor({ state: 'attached' });
  t.equal(await chosen.count(), 1);
}

/** Goes on in Spanish, signs out, and comes back to a dance by a link, such as the demo prints. */
export async function leave(t: Test, { page, system }: OpenStudio, taskId: string): Promise<void> {
  await page.goto(`${system.origin}/account`);
  await page.getByRole('button', { name: /Account of ana/ }).click();
  await page.getByRole('menuitemradio', { name: 'Español' }).click();
  await page.goto(system.origin);
  await heading(page, '¿Qué bailamos?').waitFor();
  t.equal(await page.locator('html').getAttribute('lang'), 'es');
  await page.getByRole('button', { name: /Cuenta de ana/ }).click();
  await page.getByRole('menuitem', { name: 'Salir' }).click();
  await heading(page, 'Pasa').waitFor();
  await page.goto(`${system.origin}/collection`);
  await heading(page, 'Pasa').waitFor();

  const token = String(await createLoginLink(system.db, USERNAME, LINK_VALID_SEC));
  await page.goto(linkToDance({ baseUrl: system.origin, taskId, token }));
  await heading(page, 'Pulso').waitFor();
  t.equal(page.url(), `${system.origin}/dance/${taskId}`, 'the token of a link does not stay in the address');
}
