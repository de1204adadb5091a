import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveBlueprint, shownMoves } from '@bachata-buddy/blueprint';
import { elementAt } from '@bachata-buddy/platform';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { accepted, followTask, signIn } from '../../dev/system/api-user.ts';
import { PASSWORD, USERNAME } from './ana.ts';
import { violationsInBothLooks } from './axe-violations.ts';
import { type OpenStudio, videoOf } from './open-studio.ts';
import { blueprintOf } from './practise.ts';
import { withoutComplaints } from './without-complaints.ts';

const SPEED = 0.75;
const MOST_APART_SEC = 0.25;

/** @param changedId a change of the dance, rendered */
export async function tryVersions(
  t: Test,
  studio: OpenStudio,
  taskId: string,
  changedId: string,
): Promise<void> {
  await t.test('a change is seen beside what it was made of, in step', (t) =>
    seeBeside(t, studio, changedId),
  );
  await t.test('practice versions are made, opened, and not offered to be changed', (t) =>
    makePracticeVersions(t, studio, taskId),
  );
  await t.test('a video that has expired is danced from its clips, and brought back', (t) =>
    withoutComplaints(studio, /404/, () => bringBack(t, studio, changedId)),
  );
  await t.test('a rendering that fails says so, and leads back to what it was made of', (t) =>
    failToRender(t, studio, taskId),
  );
}

async function seeBeside(t: Test, studio: OpenStudio, changedId: string): Promise<void> {
  const page = await studio.newTab();
  await page.goto(`${studio.system.origin}/dance/${changedId}`);
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'See beside' }).click();
  await page.getByTestId('play').click();
  t.ok((await apartWhenSettled(page, 1)) < MOST_APART_SEC, 'side by side');
  t.strictSame(await violationsInBothLooks(page), [], 'with axe');
  await page.getByRole('button', { name: 'Put away' }).click();
  await page.getByTestId('follower').waitFor({ state: 'detached' });
  await page.close();
}

/** How far the other video is from where it should be, once both have played for a while and it has been brought into step. */
function apartWhenSettled(page: Page, speed: number): Promise<number> {
  return page.evaluate(
    async ({ speed, wantedSec }) => {
      const of = (name: string) => document.querySelector<HTMLVideoElement>(`[data-testid=${name}]`);
      for (;;) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const [main, other] = [of('video'), of('follower')];
        if (main === null || other === null || main.currentTime < 3) continue;
        const apart = Math.abs(other.currentTime - main.currentTime * speed);
        if (apart < wantedSec || main.ended) return apart;
      }
    },
    { speed, wantedSec: MOST_APART_SEC },
  );
}

async function makePracticeVersions(t: Test, studio: OpenStudio, taskId: string): Promise<void> {
  const page = await studio.newTab();
  await page.goto(`${studio.system.origin}/dance/${taskId}`);
  await page.getByRole('tab', { name: 'Versions' }).click();
  const makeMirrored = page.getByRole('button', { name: 'Make it Mirrored' });
  await withoutClips(studio, async () => {
    await makeMirrored.click();
    await page.getByText('failed', { exact: true }).waitFor();
  });
  await page.getByRole('button', { name: 'Make it At 75%' }).click();
  // What has failed is made anew.
  await makeMirrored.click();
  await page.getByRole('link', { name: 'Open At 75%' }).click();
  await page.getByText('This is a version to practise by.').waitFor();
  const move = page.getByTestId('move').nth(1);
  await move.getByRole('button', { expanded: false }).click();
  await move.getByRole('button', { name: 'Loop it' }).waitFor();
  t.equal(await move.getByTestId('swap').count(), 0, 'nothing is offered that the API would refuse');
  t.equal(await page.getByRole('button', { name: /to another place$/ }).count(), 0);
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'See beside' }).first().click();
  await page.getByTestId('play').click();
  t.ok((await apartWhenSettled(page, SPEED)) < MOST_APART_SEC, 'the original beside it keeps its pace');

  await page.getByRole('tab', { name: 'Moves' }).click();
  await page.getByRole('link', { name: 'Open the original' }).click();
  await page.waitForURL((url) => url.pathname.endsWith(taskId));
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('link', { name: 'Open Mirrored' }).click();
  await page.getByText('This is a version to practise by.').waitFor();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'See beside' }).first().click();
  await page.getByTestId('block').nth(1).dispatchEvent('click');
  const { asItIs, turned } = await apartOf(page);
  t.ok(turned < asItIs / 4, `${turned} where one is turned round, ${asItIs} as it is`);
  await page.close();
}

/** How far the pictures of a version and of the original beside it are apart, in the mean of all colours of all pixels, 0-255. */
function apartOf(page: Page): Promise<{ asItIs: number; turned: number }> {
  return page.evaluate(async () => {
    const [width, height] = [160, 90];
    const of = (name: string) => document.querySelector<HTMLVideoElement>(`[data-testid=${name}]`);
    const isThere = (video: HTMLVideoElement | null): video is HTMLVideoElement =>
      video !== null && video.readyState > 1 && !video.seeking && video.currentTime > 1;
    const arePaired = (one: HTMLVideoElement, other: HTMLVideoElement): boolean =>
      Math.abs(one.currentTime - other.currentTime) < 0.01;
    const pixels = (video: HTMLVideoElement, isTurned: boolean) => {
      const canvas = new OffscreenCanvas(width, height).getContext('2d');
      if (canvas === null) throw new Error('There is no canvas.');
      if (isTurned) canvas.setTransform(-1, 0, 0, 1, width, 0);
      canvas.drawImage(video, 0, 0, width, height);
      return canvas.getImageData(0, 0, width, height).data;
    };
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const [version, original] = [of('video'), of('follower')];
      if (!isThere(version) || !isThere(original) || !arePaired(version, original)) continue;
      const wanted = pixels(original, false);
      const apart = (shown: Uint8ClampedArray): number =>
        shown.reduce((sum, value, index) => sum + Math.abs(value - (wanted[index] ?? 0)), 0) / shown.length;
      return { asItIs: apart(pixels(version, false)), turned: apart(pixels(version, true)) };
    }
  });
}

async function bringBack(t: Test, studio: OpenStudio, taskId: string): Promise<void> {
  const ana = await signIn(studio.system.origin, USERNAME, PASSWORD);
  const blueprint = await blueprintOf(ana, taskId);
  const { startSec, endSec } = elementAt(shownMoves(resolveBlueprint(blueprint)), 2);
  const file = videoOf(studio, taskId);
  await rm(file);
  // What a browser has of it is not asked for again.
  const cdp = await studio.context.newCDPSession(studio.page);
  await cdp.send('Network.clearBrowserCache');
  const page = await studio.newTab();
  await page.goto(`${studio.system.origin}/dance/${taskId}`);
  await page.getByText('The video could not be loaded').waitFor();
  t.equal(
    await page.getByRole('link', { name: 'Download' }).count(),
    0,
    'what is gone is not to be downloaded',
  );
  t.strictSame(await violationsInBothLooks(page), [], 'with axe');
  const bringIt = page.getByRole('button', { name: 'Bring it back' });
  await withoutClips(studio, async () => {
    await bringIt.click();
    await page.getByText('Its video could not be made again').waitFor();
  });
  await page.reload();
  await page.getByText('Its video could not be made again').waitFor();
  await bringIt.waitFor();
  t.strictSame(await violationsInBothLooks(page), [], 'where it could not be brought back at first');
  await page.getByTestId('block').nth(2).dispatchEvent('click');
  // However long it takes to render, it is not danced to its end meanwhile.
  await page.getByRole('button', { name: 'Loop this move' }).click();
  await page.getByTestId('play').click();
  await page.waitForFunction(() => document.querySelector('audio')?.paused === false);
  await bringIt.click();
  await page.getByTestId('video').waitFor();
  await page.waitForFunction(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid=video]');
    return video !== null && !video.paused && video.readyState > 2;
  });
  const sec = await page.evaluate(() => document.querySelector('video')!.currentTime);
  t.ok(sec > startSec - 0.1 && sec < endSec + 1, `it goes on where the clips were, at ${sec} s`);
  t.equal(await page.getByRole('link', { name: 'Download' }).count(), 1);
  await page.close();
}

/** While nothing can be rendered. */
async function withoutClips({ system }: OpenStudio, work: () => Promise<void>): Promise<void> {
  const clips = join(system.mediaDirectory, 'prepared/clips');
  await rename(clips, `${clips}-away`);
  await work();
  await rename(`${clips}-away`, clips);
}

async function failToRender(t: Test, studio: OpenStudio, taskId: string): Promise<void> {
  const { system, newTab } = studio;
  const ana = await signIn(system.origin, USERNAME, PASSWORD);
  const params = { path: { task_id: taskId } };
  const body = { edits: [{ action: 'remove', index: 3 }] } as never;
  let failedId = '';
  await withoutClips(studio, async () => {
    const started = accepted(
      await ana.client.POST('/api/choreography/tasks/{task_id}/revise/', { params, body }),
    );
    failedId = (started as unknown as { task_id: string }).task_id;
    t.match(await followTask(ana, failedId), { status: 'failed' });
  });
  const page = await newTab();
  await page.goto(`${system.origin}/progress/${failedId}`);
  await page.getByRole('heading', { level: 1, name: 'No dance this time' }).waitFor();
  t.strictSame(await violationsInBothLooks(page), [], 'with axe');
  await page.goto(`${system.origin}/dance/${failedId}`);
  await page.getByText('Nothing is lost but this change').waitFor();
  await page.getByRole('link', { name: 'Back to what it was made of' }).click();
  await page.waitForURL((url) => url.pathname.endsWith(taskId));
  await page.getByTestId('video').waitFor();
  await page.close();
}
