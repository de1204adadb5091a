import t, { type Test } from 'tap';
import { findChromium } from '../../dev/system/browser.ts';
import { setForgottenPassword } from './forgotten-password.ts';
import { readInSpanish } from './in-spanish.ts';
import {
  bringSong,
  comeIn,
  danceToSentence,
  keepDances,
  leave,
  makeDance,
  planClass,
  preferLevel,
} from './journey.ts';
import { openStudio, videoOf } from './open-studio.ts';
import { practiseOnPhone } from './phone.ts';
import { practise } from './practise.ts';
import { type LeftPreview, leavePreview, outliveAddresses } from './renewal.ts';
import { keepUsersApart, shareSession } from './tabs.ts';
import { tryVersions } from './versions.ts';
import { walkStates } from './view-states.ts';
import { withoutComplaints } from './without-complaints.ts';

const executablePath = findChromium();
const skip = executablePath === undefined ? 'there is no Chromium (Debian: apt-get install chromium)' : false;

/** One system and one browser for all of it: what one part makes, the next one uses. */
t.test('the page, in a browser', { skip }, async (t) => {
  const studio = await openStudio(t, executablePath ?? '');
  let danceId = '';
  let changedId = '';
  /** What one makes, those behind it use: they do not wait for what never comes. */
  const part = (name: string, act: (t: Test) => Promise<unknown>) =>
    t.test(name, { skip: !t.passing() && 'what it stands on has failed' }, act);
  await part('somebody registers', (t) => comeIn(t, studio));
  await part('and has a dance made', async (t) => {
    danceId = await makeDance(t, studio);
  });
  let preview: LeftPreview | undefined;
  await part('it is practised and changed', async (t) => {
    // The tab that is left is refused what it asks for meanwhile.
    await withoutComplaints(studio, /403|ERR_FAILED/, async () => {
      preview = await leavePreview(studio, danceId);
      changedId = await practise(t, studio, danceId);
    });
  });
  await part('it outlives its addresses', async (t) => {
    if (preview !== undefined) await outliveAddresses(t, studio, { taskId: danceId, preview });
  });
  await part('it has versions', (t) => tryVersions(t, studio, danceId, changedId));
  await part('it is practised on a phone', (t) => practiseOnPhone(t, studio, danceId));
  await part('dances are kept', (t) => keepDances(t, studio));
  await part('a dance is made of a sentence', (t) => danceToSentence(t, studio));
  await part('a song is brought, counted and deleted', (t) => bringSong(t, studio));
  let planId = '';
  await part('a class is planned', async (t) => {
    planId = await planClass(t, studio);
  });
  await part('every view says so where it has nothing to show', (t) =>
    walkStates(t, studio, { danceId, planId, video: videoOf(studio, danceId) }),
  );
  await part('what holds for every dance is chosen for the next one', (t) => preferLevel(t, studio));
  await part('two tabs share a session', (t) => shareSession(t, studio));
  await part('two users share a browser', (t) => keepUsersApart(t, studio));
  await part('a forgotten password is set anew', (t) => setForgottenPassword(t, studio, 'leo'));
  await part('all of it can be read in Spanish', (t) => readInSpanish(t, studio, danceId));
  await part('and left', (t) => leave(t, studio, danceId));
  t.strictSame(studio.complaints, [], 'the browser has nothing to complain of');
});
