import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { closeTab } from './close-tab.ts';
import type { OpenStudio } from './open-studio.ts';
import { withoutComplaints } from './without-complaints.ts';

const PREVIEW = /\/revise\/\?preview=1/;
const VIDEO = /\/media\/output\/[^?]*\.mp4(?:\?|$)/;
const TASK = /\/api\/choreography\/tasks\/[0-9a-f-]{36}\/(?:\?.*)?$/;

const songSec = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('audio')!.currentTime);

/** What plays goes on where it is, though the addresses that it is read from end. @param preview left a while ago */
export async function outliveAddresses(
  t: Test,
  studio: OpenStudio,
  { taskId, preview }: { readonly taskId: string; readonly preview: LeftPreview },
): Promise<void> {
  await t.test('a preview whose addresses have ended asks for others, and goes on', (t) =>
    withoutComplaints(studio, /403|ERR_FAILED/, () => outlivePreview(t, preview)),
  );
  await t.test('so does the video', (t) =>
    withoutComplaints(studio, /403/, () => outliveVideo(t, studio, taskId)),
  );
}

/** A preview that was played a little and left, in a tab that learns of no other addresses: as behind a lid that was shut. */
export interface LeftPreview {
  readonly page: Page;
  readonly standsSec: number;
  /** Where its song is read from. */
  readonly songUrl: string;
}

export async function leavePreview(studio: OpenStudio, taskId: string): Promise<LeftPreview> {
  const page = await studio.newTab();
  await page.goto(`${studio.system.origin}/dance/${taskId}`);
  await page.getByTestId('move').nth(1).getByRole('button', { expanded: false }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 1);
  // Where a loop turns, nothing plays for a moment, and whoever pressed then would set it off.
  await page.getByRole('button', { name: /^End the loop/ }).click();
  await page.getByTestId('play').click();
  await page.waitForFunction(() => document.querySelector('audio')!.paused);
  await page.route(PREVIEW, (route) => route.abort());
  const songUrl = await page.evaluate(() => document.querySelector('audio')!.src);
  return { page, standsSec: await songSec(page), songUrl };
}

async function outlivePreview(t: Test, { page, standsSec, songUrl: ended }: LeftPreview): Promise<void> {
  const endsAt = Number(new URL(ended).searchParams.get('expires')) * 1_000;
  await page.waitForFunction((ms) => Date.now() > ms, endsAt);
  t.equal((await page.request.get(ended)).status(), 403, 'the address has ended');
  await page.unroute(PREVIEW);
  await forget(page);
  await page.getByTestId('play').click();
  const goesOn = await page.waitForFunction((sec) => {
    const { currentTime } = document.querySelector('audio')!;
    return currentTime > sec + 1 && currentTime;
  }, standsSec);
  const goesOnSec = Number(await goesOn.jsonValue());
  t.ok(goesOnSec < standsSec + 5, `it goes on where it was, ${standsSec} s, at ${goesOnSec} s`);

  await page.getByTestId('block').last().dispatchEvent('click');
  await page.waitForFunction((url) => document.querySelector('audio')!.src !== url, ended);
  await page.waitForFunction(() => !document.querySelector('audio')!.paused);
  const jumpedSec = await songSec(page);
  t.ok(jumpedSec > standsSec + 20, `and where somebody jumps, which is ${jumpedSec} s`);
  t.equal(await page.getByRole('alert').count(), 0, 'nothing is complained of');
  await page.close();
}

/** Has what is loaded and plays read its file anew, as a browser does that was short of memory. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video[data-player]')) {
      const { currentTime } = element;
      element.load();
      element.currentTime = currentTime;
    }
  });
}

async function outliveVideo(t: Test, studio: OpenStudio, taskId: string): Promise<void> {
  const page = await studio.newTab();
  // As a bucket signs: each answer names another address, and the first one ends.
  let answers = 0;
  let hasEnded = false;
  await page.route(TASK, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback();
    const response = await route.fetch();
    const task = await response.json();
    answers += 1;
    const video_url = `${task.result.video_url}?signature=${answers}`;
    await route.fulfill({ response, json: { ...task, result: { ...task.result, video_url } } });
  });
  await page.route(VIDEO, (route) =>
    hasEnded && route.request().url().endsWith('?signature=1')
      ? route.fulfill({ status: 403, body: 'ended' })
      : route.continue(),
  );
  await page.goto(`${studio.system.origin}/dance/${taskId}`);
  await page.getByTestId('play').click();
  await page.waitForFunction(() => document.querySelector('video')!.currentTime > 3);
  hasEnded = true;
  await page.evaluate(() => document.querySelector('video')!.load());
  const goesOn = await page.waitForFunction(() => {
    const { src, currentTime } = document.querySelector('video')!;
    return /\?signature=(?!1$)/.test(src) && currentTime > 3.5 && currentTime;
  });
  const sec = Number(await goesOn.jsonValue());
  t.ok(sec < 15, `it goes on where it was, at ${sec} s`);
  t.notOk(await page.evaluate(() => document.querySelector('video')!.paused), 'and plays');
  await closeTab(page);
}
