import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import type { Page } from 'playwright-core';
import { findChromium, launchBrowser } from '../../infra/dev/system/browser.ts';
import { infraError } from '../../infra/errors.ts';
import { clipOf, MARKS, MOVE_SEC, MOVES, makeMarkedVideo, rateOf } from './marked-video.ts';
import { serveVideo } from './page.ts';

/** Every clip as often as any other: those that are danced faster have more pictures a second. */
const PLAYED_MOVES = 2 * MARKS.length;
/** Up to here the last of them is played: behind all joins, before the next. */
const PLAYED_SEC = (PLAYED_MOVES - 0.1) * MOVE_SEC;
/** Chromium without a screen draws so often, as most screens do. */
const SCREEN_HZ = 60;
const PICTURES_PER_SECOND = 30;
const WANTED = { droppedAtOnce: 0.01, droppedAtTwice: 0.06, longestHeldSec: 0.11 };

interface Playing {
  readonly shown: number;
  readonly dropped: number;
  /** The longest time of the film between two pictures that were shown one after the other. */
  readonly longestHeldSec: number;
}

/**
 * Plays a video of retimed, copied pieces in Chromium, through joins at the usual speed and at twice that, and seeks to
 * the beginning of every move. Decoding is software's: the machine should be idle.
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
    const video = await makeMarkedVideo(await findMediaTools(), directory);
    const { url, close } = await serveVideo(video);
    closers.push(close);
    const browser = await launchBrowser(executablePath);
    closers.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1_300, height: 740 } });
    await page.goto(url);
    const once = await play(page, 1);
    const twice = await play(page, 2);
    const wrong = await seekToMoves(page);
    for (const [name, { shown, dropped, longestHeldSec }] of [
      ['1x', once],
      ['2x', twice],
    ] as const) {
      say(
        `playback ${name}: ${dropped} of ${shown} pictures dropped, longest held ${longestHeldSec.toFixed(3)} s`,
      );
    }
    const beyond = beyondScreen(2);
    say(
      `  at 2x, ${beyond} pictures are more than a screen of ${SCREEN_HZ} Hz shows: ${twice.dropped - beyond} others`,
    );
    say(`seeking: ${MOVES - wrong.length} of ${MOVES} moves show their own clip`);
    assertWanted(once, twice, wrong);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function assertWanted(once: Playing, twice: Playing, wrong: readonly number[]): void {
  const missed = [
    once.dropped / once.shown > WANTED.droppedAtOnce && 'too many pictures are dropped at 1x',
    twice.dropped / twice.shown > WANTED.droppedAtTwice && 'too many pictures are dropped at 2x',
    once.longestHeldSec > WANTED.longestHeldSec && 'a picture is held too long',
    wrong.length > 0 && `moves ${wrong.join(', ')} show another clip`,
  ].filter((problem) => problem !== false);
  if (missed.length > 0) throw infraError('BENCH_FAILED', `${missed.join('; ')}.`);
}

/** Plays from the beginning. */
function play(page: Page, rate: number): Promise<Playing> {
  return page.evaluate(`play(${rate}, ${PLAYED_SEC})`);
}

/** Pictures that no screen of that rate can show when it is played so fast. */
function beyondScreen(speed: number): number {
  const beyond = Array.from({ length: PLAYED_MOVES }, (_, move) => {
    const lengthSec = Math.min(MOVE_SEC, PLAYED_SEC - move * MOVE_SEC) / speed;
    return lengthSec * Math.max(0, PICTURES_PER_SECOND * rateOf(move) * speed - SCREEN_HZ);
  });
  return Math.round(beyond.reduce((sum, pictures) => sum + pictures, 0));
}

/** @returns the moves that show another clip's mark */
async function seekToMoves(page: Page): Promise<number[]> {
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
  return wrong;
}
