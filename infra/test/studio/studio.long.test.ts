import { join } from 'node:path';
import { createLoginLink, setInstructorRole } from '@bachata-buddy/database';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import type { Page } from 'playwright-core';
import t from 'tap';
import { axeViolations } from '../../../apps/studio/test/browser/axe-violations.ts';
import { findChromium } from '../../dev/system/browser.ts';
import { openStudio } from './open-studio.ts';
import { showLook } from './show-look.ts';

const executablePath = findChromium();
const skip = executablePath === undefined ? 'there is no Chromium (Debian: apt-get install chromium)' : false;

const PASSWORD = 'una-noche-muy-larga';
/** Of the first view, compressed. */
const MOST_SCRIPT_BYTES = 250_000;
const LINK_VALID_SEC = 60;
const DANCE = /\/dance\/[0-9a-f-]{36}$/;

/** What a dancer has of their own; the song is another recording than the catalogue's. */
async function makeOwnFiles(directory: string) {
  const [song, video] = [join(directory, 'mia.mp3'), join(directory, 'clase.mp4')];
  await makePulseSong(song, { durationSec: 30, tempoBpm: 118 });
  await makePulseClip(video, { durationSec: 3, tempoBpm: 118 });
  return { song, video };
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

t.test('somebody registers, has dances made, keeps one and plans a class with it', { skip }, async (t) => {
  const { page, system, complaints, scripts } = await openStudio(t, executablePath ?? '');

  const files = await makeOwnFiles(t.testdir({}));

  /** In both looks. */
  const assertAccessible = async (view: string): Promise<void> => {
    for (const look of ['light', 'dark'] as const) {
      await showLook(page, look);
      t.strictSame(await axeViolations(page), [], `${view}, ${look}`);
    }
  };

  await page.goto(system.origin);
  await heading(page, 'Come in').waitFor();
  await assertAccessible('sign-in');
  await page.getByRole('tab', { name: 'New here' }).click();
  await page.getByLabel('User name').fill('ana');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('The password once more').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make my account' }).click();
  await heading(page, 'What do we dance?').waitFor();
  await page.getByText('Pulso', { exact: true }).waitFor();
  const loaded = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
  t.comment(`${Math.round(loaded / 1000)} kB of JavaScript up to the first view`);
  t.ok(loaded > 0 && loaded < MOST_SCRIPT_BYTES, 'the first view is light');
  await assertAccessible('make');

  await page.getByText('Pulso', { exact: true }).click();
  await page.getByText('Beginner', { exact: true }).click();
  await page.getByRole('button', { name: 'Dance it' }).click();
  await page.waitForURL(DANCE);

  await page.goto(`${system.origin}/collection`);
  await heading(page, 'Your collection').waitFor();
  await page.getByRole('tab', { name: 'All I have made' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  await page
    .getByText(/is in your collection/)
    .first()
    .waitFor();
  await assertAccessible('all dances');
  await page.getByRole('tab', { name: 'Kept' }).click();
  await page.getByRole('heading', { level: 2, name: /Pulso/ }).waitFor();
  await assertAccessible('collection');
  await page.getByRole('button', { name: /What to do with/ }).click();
  await page.getByRole('menuitem', { name: 'Title and notes' }).click();
  await page.getByRole('textbox', { name: 'Notes' }).fill('Slow at the end');
  await assertAccessible('notes');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Slow at the end').waitFor();
  await page.getByRole('button', { name: 'Add a video of yours' }).click();
  await page.getByLabel('Video file (mp4)').setInputFiles(files.video);
  await page.getByLabel('Title', { exact: true }).fill('Mi clase');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('heading', { level: 2, name: 'Mi clase' }).waitFor();

  await page.goto(system.origin);
  await page.getByRole('tab', { name: 'Say it in words' }).click();
  await page.getByLabel('What do you feel like?').fill('A calm bachata for beginners without dips');
  await page.getByRole('button', { name: 'What do you understand?' }).click();
  await page.getByRole('heading', { name: 'This is what we understood' }).waitFor();
  t.ok(await page.getByLabel('Beginner').isChecked(), 'the level of the sentence is understood');
  t.ok(await page.getByText('no dip', { exact: true }).isVisible(), 'and what it refuses');
  await assertAccessible('understood');
  await page.getByRole('button', { name: 'Dance it' }).click();
  await page.waitForURL(DANCE);

  await page.goto(system.origin);
  await page.getByRole('button', { name: 'Bring a song of yours' }).click();
  await page.getByLabel('Audio file').setInputFiles(files.song);
  await page.getByLabel('Title (optional)').fill('Mi canción');
  await page.getByLabel('I may use this song so, for myself').check();
  await assertAccessible('own song');
  await page.getByRole('button', { name: 'Bring it' }).click();
  await page.getByText('Yours', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'What to do with Mi canción' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Mi canción', { exact: true }).waitFor({ state: 'detached' });

  await setInstructorRole(system.db, 'ana', { isInstructor: true });
  await page.goto(`${system.origin}/plans`);
  await page.getByRole('button', { name: 'New class' }).first().click();
  await page.getByLabel('Title', { exact: true }).fill('Martes');
  await assertAccessible('new class');
  await page.getByRole('button', { name: 'Create the class' }).click();
  await heading(page, 'Martes').waitFor();
  await page.getByRole('button', { name: 'Add a dance', exact: true }).click();
  for (const name of [/^Add Pulso/, 'Add Mi clase']) {
    await page.getByRole('button', { name }).click();
    await page
      .getByText(/is added\.$/)
      .last()
      .waitFor();
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Move Mi clase' }).waitFor();
  await assertAccessible('class');
  await page.goto(`${system.origin}/plans`);
  await page.getByRole('link', { name: 'Martes' }).waitFor();
  await assertAccessible('classes');
  await page.goto(`${system.origin}/account`);
  await heading(page, /./).waitFor();
  await assertAccessible('account');

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

  const token = await createLoginLink(system.db, 'ana', LINK_VALID_SEC);
  await page.goto(`${system.origin}/sign-in#link=${token}`);
  await heading(page, '¿Qué bailamos?').waitFor();
  t.notOk(page.url().includes(String(token)), 'the token of a link does not stay in the address');
  t.strictSame(complaints, [], 'the browser has nothing to complain of');
});
