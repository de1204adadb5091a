import type { CouplePose, Difficulty, EnergyLevel, Style } from '@bachata-buddy/vocabulary';
import { knownPoses } from './dance/known-poses.ts';
import { listMoves, type MoveEntry } from './dance/move-list.ts';
import { perform } from './dance/performance.ts';
import { embedPose } from './dance/pose-embedding.ts';
import {
  CLIP_TEMPO_BPM,
  clipFrames,
  FRAMES_PER_SECOND,
  HANDLE_COUNTS,
  SECONDS_PER_COUNT,
} from './dance/timing.ts';
import { describeSongs, type SongSectionSpan } from './songs/index.ts';

/** Raised whenever a file's bytes or a fact about it would come out different. */
export const DEMO_LIBRARY_VERSION = 3;

/** A generated song and all that is true of it; times in seconds from its first decoded sample. */
export interface DemoSongSpecification {
  readonly songId: string;
  readonly title: string;
  readonly artist: string;
  readonly genre: string;
  readonly mood: string;
  readonly tempoBpm: number;
  readonly durationSec: number;
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
  /** The first beat of each eight-count. */
  readonly eights: readonly number[];
  readonly sections: readonly SongSectionSpan[];
  /** POSIX, below the library's directory: `songs/<songId>.m4a`. */
  readonly path: string;
}

/** A generated clip and all that is true of it; times in seconds from its first frame. */
export interface DemoMoveSpecification {
  readonly moveId: string;
  readonly name: string;
  /** Family in snake_case: basic, side, turn, body_wave, intro, outro, ... */
  readonly label: string;
  readonly difficulty: Difficulty;
  readonly energyLevel: EnergyLevel;
  readonly style: Style;
  readonly tempoBpm: number;
  /** Whole counts from the first "1": 8 or 16. */
  readonly counts: number;
  readonly firstDownbeatSec: number;
  readonly durationSec: number;
  /** Every count of the clip, the handle counts before and after the move included. */
  readonly beats: readonly number[];
  /** 512 values, unit length. */
  readonly poseEmbedding: readonly number[];
  /** The couple at every fourth count, exactly. */
  readonly poses: readonly CouplePose[];
  /**
   * POSIX, below the library's directory: `Bachata_steps/<label>/<moveId>.mp4`. Beside it lie its poster and thumbnail
   * sheet, as `companionKeys` of the media package names them.
   */
  readonly path: string;
}

/** A file of the library as it lies on disk. */
export interface DemoFile {
  /** Hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export type DemoSong = DemoSongSpecification & DemoFile;
export type DemoMove = DemoMoveSpecification & DemoFile;

export interface DemoLibrarySpecification {
  readonly version: number;
  readonly songs: readonly DemoSongSpecification[];
  readonly moves: readonly DemoMoveSpecification[];
}

function describeMove(entry: MoveEntry): DemoMoveSpecification {
  const { plan, ...facts } = entry;
  const beatCount = plan.counts + 2 * HANDLE_COUNTS;
  const performance = perform(plan);
  return {
    ...facts,
    tempoBpm: CLIP_TEMPO_BPM,
    counts: plan.counts,
    firstDownbeatSec: HANDLE_COUNTS * SECONDS_PER_COUNT,
    durationSec: clipFrames(plan.counts) / FRAMES_PER_SECOND,
    beats: Array.from({ length: beatCount }, (_, beat) => beat * SECONDS_PER_COUNT),
    poseEmbedding: embedPose(performance),
    poses: knownPoses(performance),
    path: `Bachata_steps/${entry.label}/${entry.moveId}.mp4`,
  };
}

let described: DemoLibrarySpecification | undefined;

/** All that the demo library holds and all that is true of it, without making a single file. */
export function describeDemoLibrary(): DemoLibrarySpecification {
  described ??= {
    version: DEMO_LIBRARY_VERSION,
    songs: describeSongs().map(({ fileName, ...facts }) => ({ ...facts, path: `songs/${fileName}` })),
    moves: listMoves().map(describeMove),
  };
  return described;
}
