import { type Blueprint, resolveBlueprint } from '@bachata-buddy/blueprint/reading';

/** How times of the video lie in the song. */
export interface SongPlace {
  /** Where in the song the video begins. */
  readonly songStartSec: number;
  /** Seconds of song per second of video. */
  readonly songSpeed: number;
}

export function songPlaceOf(blueprint: Blueprint): SongPlace {
  const { songStartSec, songSpeed } = resolveBlueprint(blueprint).output;
  return { songStartSec, songSpeed };
}

export function toSongSec({ songStartSec, songSpeed }: SongPlace, videoSec: number): number {
  return songStartSec + videoSec * songSpeed;
}

export function toVideoSec({ songStartSec, songSpeed }: SongPlace, songSec: number): number {
  return (songSec - songStartSec) / songSpeed;
}

/** How fast the song plays where the video plays at a rate: a slow version has slowed it already. */
export function songRateOf({ songSpeed }: SongPlace, videoRate: number): number {
  return videoRate * songSpeed;
}
