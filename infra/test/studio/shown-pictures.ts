import { type Blueprint, resolveBlueprint } from '@bachata-buddy/blueprint';
import type { Page } from 'playwright-core';

/** A picture of a clip that was shown while the song was somewhere. */
export interface ShownPicture {
  readonly move: number;
  /** How far the picture was ahead of the song. */
  readonly driftSec: number;
  /** Whether the page does about it what it can: hurries or lingers, has it fetched from elsewhere, or has seen too few to tell. */
  readonly isCorrected: boolean;
}

interface Seen {
  readonly player: number;
  readonly mediaSec: number;
  readonly songSec: number;
  /** What the page did when it was told of it. */
  readonly then: {
    readonly songSec: number;
    readonly playbackRate: number;
    readonly isSought: boolean;
    /** Of the pictures of this player since it was told to play. */
    readonly isFirst: boolean;
  };
}

/** Plays a preview up to a time of the dance. @returns each picture that was seen, by what the document says of it */
export async function shownPictures(
  page: Page,
  { blueprint, untilSec }: { blueprint: Blueprint; untilSec: number },
): Promise<ShownPicture[]> {
  const { moves, output } = resolveBlueprint(blueprint);
  const seen: Seen[] = await page.evaluate(watchPictures, output.songStartSec + untilSec);
  // Players take turns: which move it is, is told by the number of the player.
  const moveAt = (player: number, sec: number) =>
    moves.find(
      ({ index, startSec, durationSec }) =>
        index % 2 === player && startSec <= sec && sec < startSec + durationSec,
    );
  return seen.flatMap(({ player, mediaSec, songSec, then }) => {
    const sec = songSec - output.songStartSec;
    const move = moveAt(player, sec);
    // Where it is another's turn by then, what the page does is about that.
    if (move === undefined || move !== moveAt(player, then.songSec - output.songStartSec)) return [];
    const { index, playbackRate } = move;
    const wantedSec = move.trimStartSec + (sec - move.startSec) * playbackRate;
    const driftSec = (mediaSec - wantedSec) / playbackRate;
    const isBroughtBack = (playbackRate - then.playbackRate) * driftSec > 0;
    return [{ move: index, driftSec, isCorrected: isBroughtBack || then.isSought || then.isFirst }];
  });
}

/** In the page: plays, and notes of each picture of both players what it is, where the song is, and what the page does then. */
async function watchPictures(untilSongSec: number): Promise<Seen[]> {
  const song = document.querySelector('audio');
  const players = document.querySelectorAll<HTMLVideoElement>('video[data-player]');
  const button = document.querySelector<HTMLElement>('[data-testid=play]');
  if (song === null || button === null) throw new Error('There is no preview.');
  const seen: Seen[] = [];
  for (const [player, video] of players.entries()) {
    let pictures = 0;
    video.addEventListener('play', () => {
      pictures = 0;
    });
    const note = (_now: number, { mediaTime, expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
      video.requestVideoFrameCallback(note);
      pictures += 1;
      if (video.paused || song.paused || Number(video.style.opacity) === 0) return;
      const isFirst = pictures <= 5;
      const isSought = video.seeking;
      // When the picture is seen, however late the page is told of it.
      const songSec = song.currentTime + (expectedDisplayTime - performance.now()) / 1_000;
      // The page has asked for the next picture of the screen before.
      requestAnimationFrame(() => {
        const { playbackRate, seeking } = video;
        const then = {
          songSec: song.currentTime,
          playbackRate,
          isSought: isSought || seeking,
          isFirst,
        };
        seen.push({ player, mediaSec: mediaTime, songSec, then });
      });
    };
    video.requestVideoFrameCallback(note);
  }
  if (song.paused) button.click();
  while (song.currentTime < untilSongSec) await new Promise((resolve) => setTimeout(resolve, 100));
  button.click();
  return seen;
}
