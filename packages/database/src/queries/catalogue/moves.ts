import type {
  ClipLook,
  CouplePose,
  Difficulty,
  EnergyLevel,
  PoseKind,
  Style,
} from '@bachata-buddy/vocabulary';
import { isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { moveEmbeddings } from '../../schema/index.ts';
import { run, theRow } from '../run.ts';

/** What is seen in a clip. */
export interface MovePoses {
  /** What the pose part of the embedding is; null where it is unknown. */
  readonly poseKind: PoseKind | null;
  /** The couple at every fourth count from the first "1"; null where nobody has looked. */
  readonly poses: readonly CouplePose[] | null;
  /** How the clip looks; null where nobody has looked, or nobody was found. */
  readonly look: ClipLook | null;
}

/** One clip of the library, with what the planner needs to know of it. */
export interface MoveRow extends MovePoses {
  readonly moveId: string;
  readonly name: string;
  readonly label: string;
  /** Storage key of the clip that a video is made from. */
  readonly videoPath: string;
  readonly difficulty: Difficulty;
  readonly energyLevel: EnergyLevel;
  readonly style: Style;
  readonly durationSec: number;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
  readonly counts: number;
  /** How sure it is which beat is the "1", 0..1; null where somebody says which, or nobody has listened. */
  readonly downbeatConfidence: number | null;
  /** Where it came from: `demo`, `folder`, ... */
  readonly source: string;
  readonly embedding: {
    /** 512 values. */
    readonly pose: readonly number[];
    /** 128 values. */
    readonly audio: readonly number[];
    /** 384 values. */
    readonly text: readonly number[];
  };
}

const MOVE_COLUMNS = {
  moveId: moveEmbeddings.moveId,
  name: moveEmbeddings.name,
  label: moveEmbeddings.label,
  videoPath: sql<string>`coalesce(${moveEmbeddings.preparedPath}, ${moveEmbeddings.videoPath})`,
  difficulty: moveEmbeddings.difficulty,
  energyLevel: moveEmbeddings.energyLevel,
  style: moveEmbeddings.style,
  durationSec: moveEmbeddings.durationSec,
  tempoBpm: moveEmbeddings.tempoBpm,
  firstDownbeatSec: moveEmbeddings.firstDownbeatSec,
  counts: moveEmbeddings.counts,
  downbeatConfidence: moveEmbeddings.downbeatConfidence,
  source: moveEmbeddings.source,
  poseKind: moveEmbeddings.poseKind,
  poses: moveEmbeddings.poses,
  look: moveEmbeddings.look,
  pose: moveEmbeddings.poseEmbedding,
  audio: moveEmbeddings.audioEmbedding,
  text: moveEmbeddings.textEmbedding,
};

/** Every clip that is not retired, by move id; of a prepared one the prepared object. */
export function listMoves(db: Database): Promise<MoveRow[]> {
  return run(async () => {
    const rows = await db.orm
      .select(MOVE_COLUMNS)
      .from(moveEmbeddings)
      .where(isNull(moveEmbeddings.retiredAt))
      .orderBy(sql`${moveEmbeddings.moveId} collate "C"`);
    return rows.map(({ pose, audio, text, ...move }) => ({ ...move, embedding: { pose, audio, text } }));
  });
}

/** A short text that changes with every change of the library: as long as it stays, a copy in memory is good. */
export function movesRevision(db: Database): Promise<string> {
  return run(async () => {
    const rows = await db.orm
      .select({
        revision: sql<string>`concat(count(*), ':', extract(epoch from max(${moveEmbeddings.updatedAt})))`,
      })
      .from(moveEmbeddings);
    return theRow(rows).revision;
  });
}
