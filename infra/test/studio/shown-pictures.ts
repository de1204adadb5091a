import { type Blueprint, resolveBlueprint } from '@bachata-buddy/blueprint';
import type { Page } from 'playwright-core';

/** A picture of a clip that was shown while the song was somewhere. */
export interface ShownPicture {
  readonly move: number;
  /** How far the picture was ahead of the song. */
  readonly driftSec: number;
}

interface Seen {
  readonly player: number;
  readonly mediaSec: number;
  readonly songSec: number;
}

/** Plays a preview up to a time of the dance. @returns each picture that was seen, by what the document says of it */
export async function shownPictures(
  page: Page,
  { blueprint, untilSec }: { blueprint: Blueprint; untilSec: number },
): Promise<ShownPicture[]> {
  const { moves, output } = resolveBlueprint(blueprint);
  const seen: Seen[] = await page.evaluate(watchPictures, output.songStartSec + untilSec);
  return seen.flatMap(({ player, mediaSec, songSec }) => {
    const sec = songSec - output.songStartSec;
    // Players take turns: which move it is, is told by the number of the player.
    const move = moves.find(
      ({ index, startSec, durationSec }) =>
        index % 2 === player && startSec <= sec && sec < startSec + durationSec,
    );
    if (move === undefined) return [];
    const wantedSec = move.trimStartSec + (sec - move.startSec) * move.playbackRate;
    return [
      {
        move: move.index,
        afterSec: sec - move.startSec,
        driftSec: (mediaSec - wantedSec) / move.playbackRate,
      },
    ];
  });
}

/** In the page: plays, and notes of each picture of both players what it is and where the song is. */
async function watchPictures(untilSongSec: number): Promise<Seen[]> {
  const song = document.querySelector('audio');
  const players = document.querySelectorAll<HTMLVideoElement>('video[data-player]');
  const button = document.querySelector<HTMLElement>('[data-testid=play]');
  if (song === null || button === null) throw new Error('There is no preview.');
  const seen: Seen[] = [];
  for (const [player, video] of players.entries()) {
    const note = (_now: number, { mediaTime, expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
      if (!video.paused && !song.paused && Number(video.style.opacity) > 0)
        seen.push({
          player,
          mediaSec: mediaTime,
          // When the picture is seen, however late the page is told of it.
          songSec: song.currentTime + (expectedDisplayTime - performance.now()) / 1_000,
        });
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  }
  if (song.paused) button.click();
  while (song.currentTime < untilSongSec) await new Promise((resolve) => setTimeout(resolve, 100));
  button.click();
  return seen;
}
