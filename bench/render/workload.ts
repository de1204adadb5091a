import { createHash } from 'node:crypto';
import { type Blueprint, buildBlueprint, type MoveToBuild } from '@bachata-buddy/blueprint';
import { infraError } from '../../infra/errors.ts';
import type { BenchClip, BenchFootage } from './footage.ts';

export type Joins = 'cuts' | 'crossfades on counts' | 'crossfades centred';

/** A dance: so many moves of equal length, each at its clip's rate on a song of 120 beats a minute. */
export interface Workload {
  readonly moves: readonly { readonly clip: BenchClip; readonly rate: number }[];
  readonly moveSec: number;
  readonly durationSec: number;
  readonly documentOf: (joins: Joins) => Blueprint;
}

const SONG_BPM = 120;
const SONG_NAME = 'song.mp3';
/** Counts a move; the shorter where no clip holds the longer. */
const COUNTS = [16, 8];

export function makeWorkload({ clips }: Pick<BenchFootage, 'clips'>, moveCount: number): Workload {
  const fitting = COUNTS.map((counts) => ({
    counts,
    clips: clips.filter((clip) => holds(clip, counts + 1)),
  }));
  const chosen = fitting.find((candidate) => candidate.clips.length > 1);
  if (chosen === undefined) throw infraError('BENCH_FAILED', 'No clip is long enough for the bench.');
  const moveSec = (chosen.counts * 60) / SONG_BPM;
  const moves = Array.from({ length: moveCount }, (_, index) => {
    const clip = chosen.clips[index % chosen.clips.length]!;
    return { clip, rate: SONG_BPM / clip.tempoBpm };
  });
  const durationSec = moveCount * moveSec;
  return {
    moves,
    moveSec,
    durationSec,
    documentOf: (joins) => document({ moves, moveSec, durationSec }, chosen.counts, joins),
  };
}

/** Where the clip lies for our program: as ingest names what it has prepared. */
export function clipKeyOf({ preparedPath }: BenchClip): string {
  return `prepared/clips/${createHash('sha256').update(preparedPath).digest('hex').slice(0, 32)}.mp4`;
}

function holds({ durationSec, tempoBpm }: BenchClip, counts: number): boolean {
  return durationSec >= (counts * 60) / tempoBpm;
}

function document(
  { moves, moveSec, durationSec }: Omit<Workload, 'documentOf'>,
  counts: number,
  joins: Joins,
): Blueprint {
  const planned = moves.map(({ clip, rate }, index): MoveToBuild => {
    return {
      moveId: `move-${index}`,
      name: 'Move',
      label: 'basic',
      videoPath: clipKeyOf(clip),
      startSec: index * moveSec,
      durationSec: moveSec,
      counts,
      trimStartSec: 0,
      playbackRate: rate,
      clipDurationSec: clip.durationSec,
      sectionLabel: 'verse',
      reason: 'bench',
      transition: joins === 'crossfades on counts' ? 'crossfade' : 'cut',
    };
  });
  const blueprint = buildBlueprint({
    taskId: '00000000-0000-4000-8000-000000000000',
    song: { id: 1, title: 'Bench', artist: 'Bench', audioPath: SONG_NAME, tempoBpm: SONG_BPM, durationSec },
    ...{
      moves: planned,
      difficulty: 'intermediate',
      energyLevel: 'medium',
      style: 'modern',
      userId: 1,
      seed: 1,
    },
    generatedAt: new Date(0),
  });
  if (joins !== 'crossfades centred') return blueprint;
  const centred = blueprint.moves.map((move, index) =>
    index === 0 ? move : { ...move, transition_type: 'crossfade' as const },
  );
  return { ...blueprint, moves: centred };
}
