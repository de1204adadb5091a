import { type Blueprint, resolveBlueprint, shownMoves } from '@bachata-buddy/blueprint';
import { elementAt } from '@bachata-buddy/platform';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { type ApiUser, accepted, signIn } from '../../dev/system/api-user.ts';
import { PASSWORD, USERNAME } from './ana.ts';
import { axeViolations, violationsInBothLooks } from './axe-violations.ts';
import type { OpenStudio } from './open-studio.ts';
import { shownPictures } from './shown-pictures.ts';
import { turnOf } from './turn-of.ts';

/** Clips that are danced slowest have so many pictures a second. */
const PICTURE_SEC = 1 / 24;
const JOINS = 10;
const MOST_DRIFT_SEC = 0.08;

/** @returns the id of a changed dance, rendered */
export async function practise(t: Test, studio: OpenStudio, taskId: string): Promise<string> {
  const { system } = studio;
  const ana = await signIn(system.origin, USERNAME, PASSWORD);
  const blueprint = await blueprintOf(ana, taskId);
  const page = await studio.newTab();
  await page.goto(`${system.origin}/dance/${taskId}`);
  await page.getByTestId('play').waitFor();

  await t.test('it plays, and its time is that of the picture, to a pixel', async (t) => {
    await page.getByTestId('play').click();
    await page.waitForFunction(() => document.querySelector('video')!.currentTime > 1);
    const apart: number[] = await page.evaluate(async () => {
      const video = document.querySelector('video')!;
      const timeline = document.querySelector<HTMLElement>('[data-testid=timeline]')!;
      const playhead = document.querySelector('[data-testid=playhead]')!;
      const found: number[] = [];
      for (let picture = 0; picture < 40; picture += 1) {
        await new Promise<void>((resolve) =>
          // The page has asked for this picture before, so it has been told of it; a moment later it may be told of the next.
          video.requestVideoFrameCallback((_now, { mediaTime }) => {
            const { left, width } = timeline.getBoundingClientRect();
            const { x, width: thickness } = playhead.getBoundingClientRect();
            const drawnSec = ((x + thickness / 2 - left) / width) * video.duration;
            found.push(Math.abs(Number(timeline.dataset.sec) - mediaTime), Math.abs(drawnSec - mediaTime));
            resolve();
          }),
        );
      }
      return found;
    });
    const pixelSec = blueprint.total_duration / 700;
    t.ok(Math.max(...apart) <= pixelSec, `at most ${Math.max(...apart).toFixed(3)} s apart`);
    await page.getByTestId('play').click();
  });

  await t.test('it is heard', async (t) => {
    t.ok((await loudnessOf(page, 'video')) > 0.02, 'the video carries sound');
  });

  await t.test('a block leads to the "1" of its move', async (t) => {
    await page.getByTestId('block').nth(1).click();
    const { startSec } = elementAt(shownMoves(resolveBlueprint(blueprint)), 1);
    const sec = await page.evaluate(() => document.querySelector('video')!.currentTime);
    t.ok(Math.abs(sec - startSec) < 0.001, `${sec} s, wanted ${startSec} s`);
    t.match(await page.getByTestId('captions').textContent(), /^1/);
  });

  await t.test('the last move is looped, though its last picture is held', async (t) => {
    await page.getByTestId('block').last().dispatchEvent('click');
    await page.getByRole('button', { name: 'Loop this move' }).click();
    const { start_time: startSec } = elementAt(blueprint.moves, -1);
    await page.getByTestId('play').click();
    const { turnedToSec: turnedTo } = await turnOf(page);
    t.ok(turnedTo >= startSec - PICTURE_SEC && turnedTo < startSec + 2, `${turnedTo} s`);
    await page.getByTestId('play').click();
    await page.getByRole('button', { name: /^End the loop/ }).click();
  });

  await t.test('a move is looped, slower, counted in and mirrored', async (t) => {
    await page.getByTestId('block').nth(1).dispatchEvent('click');
    await page.getByRole('button', { name: 'Loop this move' }).click();
    const speed = page.getByRole('combobox', { name: 'Speed' });
    await speed.selectOption('0.5');
    t.strictSame(
      await page.evaluate(() => {
        const { playbackRate, preservesPitch } = document.querySelector('video')!;
        return { playbackRate, preservesPitch };
      }),
      { playbackRate: 0.5, preservesPitch: true },
    );
    await speed.selectOption('1.1');
    await page.getByRole('button', { name: /^Count in/ }).click();
    await page.getByTestId('play').click();
    // It is there for less than half a second: asked for in every picture of the screen.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent === '8'),
    );
    await page.getByRole('button', { name: /^Count in/ }).click();
    const { startSec, endSec } = elementAt(shownMoves(resolveBlueprint(blueprint)), 1);
    const { pictures, turnedToSec } = await turnOf(page);
    t.ok(pictures.length > 0, `${pictures.length} pictures up to where it turns`);
    t.strictSame(
      pictures.filter(({ sec, turns }) => sec >= endSec && !turns),
      [],
      'no picture behind the end of the move is let pass',
    );
    t.strictSame(
      pictures.filter(({ sec, turns }) => sec < endSec - PICTURE_SEC && turns),
      [],
      'nor is one in front of it its last',
    );
    t.ok(Math.abs(turnedToSec - startSec) < 0.001, `it turns to ${turnedToSec} s, wanted ${startSec} s`);
    await page.getByTestId('play').click();
    await page.getByRole('button', { name: 'Mirror' }).click();
    const transform = await page
      .locator('[data-mirrored=true]')
      .evaluate((element) => getComputedStyle(element).transform);
    t.match(transform, /^matrix\(-1, 0, 0, 1/);
    await page.getByRole('button', { name: 'Mirror' }).click();
    await speed.selectOption('1');
  });

  await t.test('what is wrong for people who see or hear otherwise is found by axe: nothing', async (t) => {
    t.strictSame(await violationsInBothLooks(page), []);
  });

  await t.test('the practice sheet opens beside, with what is danced', async (t) => {
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Practice sheet' }).click();
    const sheet = await opened;
    await sheet.waitForURL(/^blob:/);
    const text = (await sheet.locator('body').textContent()) ?? '';
    for (const { name = '' } of shownMoves(resolveBlueprint(blueprint))) t.ok(text.includes(name), name);
    t.match(
      await sheet.evaluate(() => getComputedStyle(document.body).fontFamily),
      /Georgia/,
      'it has its style',
    );
    await sheet.close();
  });

  await t.test('a swapped move is seen and heard before it is rendered', async (t) => {
    const tasks = await countTasks(ana);
    await page.getByTestId('move').nth(2).getByRole('button', { expanded: false }).click();
    await page.getByTestId('swap').click();
    const revised = page.waitForResponse((response) => response.url().includes('preview=1'));
    await page.getByTestId('alternative').first().getByRole('button').click();
    const preview: { blueprint: Blueprint } = await (await revised).json();
    t.not(elementAt(preview.blueprint.moves, 2).move_id, elementAt(blueprint.moves, 2).move_id);
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0);
    t.ok((await loudnessOf(page, 'audio')) > 0.02, 'the song is heard');
    t.equal(await countTasks(ana), tasks, 'nothing is rendered yet');
    t.strictSame(await axeViolations(page), [], 'with axe');

    await page.getByRole('button', { name: /^End the loop/ }).click();
    await page.getByRole('slider').press('Home');
    const pictures = await shownPictures(page, {
      blueprint: preview.blueprint,
      untilSec: elementAt(preview.blueprint.moves, JOINS + 1).start_time,
    });
    const joins = new Set(pictures.map(({ move }) => move)).size - 1;
    t.ok(joins >= JOINS, `${joins} joins`);
    // Where others keep the processors busy a picture may be late, whoever plays it: then the next ones make up for it.
    const adrift = pictures.filter(
      ({ driftSec, isCorrected }) => Math.abs(driftSec) > MOST_DRIFT_SEC && !isCorrected,
    );
    t.strictSame(adrift, [], 'each picture is in step with the song, or being brought into step');
    const firsts = pictures.filter(({ move }, index) => move !== pictures[index - 1]?.move);
    for (const [name, some] of Object.entries({ pictures, 'first pictures of moves': firsts })) {
      const apartSec = some.map(({ driftSec }) => Math.abs(driftSec)).toSorted((a, b) => a - b);
      const usualSec = elementAt(apartSec, Math.floor(apartSec.length / 2));
      t.ok(
        usualSec <= MOST_DRIFT_SEC,
        `${some.length} ${name}, usually ${usualSec.toFixed(3)} s from the song`,
      );
      t.comment(`at most ${apartSec.at(-1)?.toFixed(3)} s`);
    }
  });

  await t.test('then it is rendered, and the dance before it stays', async (t) => {
    await page.getByRole('button', { name: 'Render it' }).click();
    await page.waitForURL((url) => !url.pathname.includes(taskId));
    await page.waitForFunction(
      () => (document.querySelector<HTMLVideoElement>('[data-testid=video]')?.readyState ?? 0) > 1,
    );
    const newId = page.url().split('/').at(-1) ?? '';
    const params = { path: { task_id: newId } };
    const task = accepted(await ana.client.GET('/api/choreography/tasks/{task_id}/', { params }));
    t.match(task, { status: 'completed', revision_of: taskId });
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByTestId('relative').nth(1).waitFor();
    t.equal(await page.getByTestId('relative').count(), 2);
  });
  const changedId = page.url().split('/').at(-1) ?? '';
  await page.close();
  return changedId;
}

export async function blueprintOf({ client }: ApiUser, taskId: string): Promise<Blueprint> {
  const params = { path: { task_id: taskId } };
  return accepted(await client.GET('/api/choreography/tasks/{task_id}/blueprint/', { params })) as Blueprint;
}

async function countTasks({ client }: ApiUser): Promise<number> {
  return accepted(await client.GET('/api/choreography/tasks/')).count;
}

/** Root mean square of what the source of an element holds, decoded by the browser. */
function loudnessOf(page: Page, selector: 'video' | 'audio'): Promise<number> {
  return page.evaluate(async (wanted) => {
    const bytes = await fetch(document.querySelector<HTMLMediaElement>(wanted)!.src);
    const { length, sampleRate } = { length: 1, sampleRate: 44_100 };
    const context = new OfflineAudioContext({ numberOfChannels: 2, length, sampleRate });
    const sound = await context.decodeAudioData(await bytes.arrayBuffer());
    const samples = sound.getChannelData(0);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  }, selector);
}
