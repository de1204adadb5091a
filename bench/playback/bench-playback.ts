import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import type { Page } from 'playwright-core';
import { findChromium, launchBrowser } from '../../infra/dev/system/browser.ts';
import { infraError } from '../../infra/errors.ts';
import { makeDancedVideo } from './danced-video.ts';
import { beyondScreen, type Film, playedSec, SCREEN_HZ } from './film.ts';
import { clipOf, MARKS, MOVE_SEC, MOVES, makeMarkedVideo } from './marked-video.ts';
import { serveVideo } from './page.ts';

const LONGEST_HELD_SEC = 0.11;
const SPEEDS = [
  { speed: 1, mostDropped: 0.01 },
  { speed: 2, mostDropped: 0.06 },
] as const;

interface Playing {
  readonly shown: number;
  readonly dropped: number;
  /** The most of the film that passed between two pictures. */
  readonly longestFilmSec: number;
  /** For how long that was looked at. */
  readonly longestHeldSec: number;
}

/**
 * Plays videos of retimed, copied pieces in Chromium, through joins at the usual speed and at twice that, and seeks to
 * the beginning of every move of one whose clips can be told. Decoding is software's: the machine should be idle.
 *
 * @throws AppError `BENCH_FAILED` where pictures are lost, held, or not those of the move
 */
export async function benchPlayback({ say }: { say: (line: string) => void }): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    say('playback: skipped, there is no Chromium (Debian: apt-get install chromium)');
    return;
  }
  const directory = await mkdtemp(join(tmpdir(), 'bachata-playback-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    const tools = await findMediaTools();
    const [marked, danced] = [
      await makeMarkedVideo(tools, directory),
      await makeDancedVideo(tools, directory),
    ];
    const browser = await launchBrowser(executablePath);
    closers.push(() => browser.close());
    const missed: string[] = [];
    for (const film of [danced, marked]) {
      const { url, close } = await serveVideo(film.path);
      closers.push(close);
      const page = await browser.newPage({ viewport: { width: 1_300, height: 740 } });
      await page.goto(url);
      for (const speed of SPEEDS) missed.push(...(await playAt(page, film, speed, say)));
      if (film === marked) missed.push(...(await seekToMoves(page, say)));
      await page.close();
    }
    if (missed.length > 0) throw infraError('BENCH_FAILED', `${missed.join('; ')}.`);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** Plays a film from the beginning. @returns what is wrong with that */
async function playAt(
  page: Page,
  film: Film,
  { speed, mostDropped }: (typeof SPEEDS)[number],
  say: (line: string) => void,
): Promise<string[]> {
  const playing: Playing = await page.evaluate(`play(${speed}, ${playedSec(film)})`);
  const { shown, dropped, longestFilmSec, longestHeldSec } = playing;
  const beyond = beyondScreen(film, speed);
  say(
    `playback of ${film.name} at ${speed}x, ${film.rates.length - 1} joins: ${dropped} of ${shown} pictures dropped, ` +
      `${beyond} of them more than a screen of ${SCREEN_HZ} Hz shows; longest held ${longestHeldSec.toFixed(3)} s, which is ${longestFilmSec.toFixed(3)} s of the film`,
  );
  return [
    dropped / shown > mostDropped && `too many pictures of ${film.name} are dropped at ${speed}x`,
    longestHeldSec > LONGEST_HELD_SEC && `a picture of ${film.name} is held too long at ${speed}x`,
  ].filter((problem) => problem !== false);
}

/** Seeks to every move of the film with marks. @returns what is wrong with that */
async function seekToMoves(page: Page, say: (line: string) => void): Promise<string[]> {
  const wrong: number[] = [];
  for (let move = 0; move < MOVES; move += 1) {
    // Behind a crossfade over the first count; a little later than the start, as a click is.
    const found: number = await page.evaluate(`brightnessOfMark(${move * MOVE_SEC + 0.6})`);
    const nearest = MARKS.reduce(
      (best, mark, clip) => (Math.abs(mark - found) < Math.abs(MARKS[best]! - found) ? clip : best),
      0,
    );
    if (nearest !== clipOf(move)) wrong.push(move);
  }
  say(`seeking: ${MOVES - wrong.length} of ${MOVES} moves show their own clip`);
  return wrong.length === 0 ? [] : [`moves ${wrong.join(', ')} show another clip`];
}
