import type { ClipLook, CouplePose } from '@bachata-buddy/vocabulary';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { moveEmbeddings } from '../../schema/index.ts';
import { run } from '../run.ts';
import type { MovePoses, MoveRow } from './moves.ts';
import type { UpsertOutcome } from './songs.ts';

/** What is null where it is left out. */
type Optional = keyof MovePoses | 'downbeatConfidence';

/** What ingest knows of a clip. */
export interface MoveValues extends Omit<MoveRow, Optional>, Partial<Pick<MoveRow, Optional>> {
  /** Storage key of the clip as it was brought in. */
  readonly videoPath: string;
  /** Storage key of the clip in the house format; absent where it is not prepared. */
  readonly preparedPath?: string | null;
  /** The clip's beat times in seconds. */
  readonly beats: readonly number[];
  /** Hash of the clip's file, or null. */
  readonly contentHash: string | null;
  /** Which film it is, or null. */
  readonly recordingHash?: string | null;
  /** Where it came from: `demo`, `folder`, ... */
  readonly source: string;
  /** Of what was looked at for its poses; absent where nobody has looked. */
  readonly poseKey?: string | null;
}

/** Columns that ingest writes, in the order both sides of the comparison below use. */
const COMPARED_COLUMNS = [
  'move_name',
  'label',
  'video_path',
  'prepared_path',
  'pose_embedding',
  'pose_kind',
  'poses',
  'look',
  'pose_key',
  'audio_embedding',
  'text_embedding',
  'difficulty',
  'energy_level',
  'style',
  'duration',
  'tempo_bpm',
  'first_downbeat_sec',
  'downbeat_confidence',
  'counts',
  'beats',
  'content_hash',
  'recording_hash',
  'source',
  'retired_at',
];

function tuple(relation: string) {
  return sql.raw(`(${COMPARED_COLUMNS.map((column) => `${relation}.${column}`).join(', ')})`);
}

/**
 * Adds the clip of that move id, or makes it equal to the values; the same values again change nothing.
 * A retired clip comes back (`updated`).
 */
export function upsertMove(db: Database, values: MoveValues): Promise<UpsertOutcome> {
  return run(async () => {
    const { moveId, embedding, ...rest } = values;
    const columns = {
      ...rest,
      // Named, for what is left out of an update would stay as it was.
      preparedPath: rest.preparedPath ?? null,
      recordingHash: rest.recordingHash ?? null,
      poseKind: rest.poseKind ?? null,
      poses: rest.poses ?? null,
      look: rest.look ?? null,
      poseKey: rest.poseKey ?? null,
      downbeatConfidence: rest.downbeatConfidence ?? null,
      poseEmbedding: embedding.pose,
      audioEmbedding: embedding.audio,
      textEmbedding: embedding.text,
      retiredAt: null,
    };
    const [written] = await db.orm
      .insert(moveEmbeddings)
      .values({ moveId, ...columns })
      .onConflictDoUpdate({
        target: moveEmbeddings.moveId,
        set: { ...columns, updatedAt: clockNow },
        setWhere: sql`${tuple('move_embeddings')} is distinct from ${tuple('excluded')}`,
      })
      // A row just inserted has no deleting transaction yet; one that the conflict updated has.
      .returning({ isNew: sql<boolean>`(xmax = 0)` });
    if (written === undefined) return 'unchanged';
    return written.isNew ? 'added' : 'updated';
  });
}

/**
 * Retires the clips of one source that are not among those given: their files have vanished.
 *
 * @returns the ids retired by this call, sorted
 */
export function retireMovesExcept(
  db: Database,
  source: string,
  moveIds: readonly string[],
): Promise<string[]> {
  return run(async () => {
    const rows = await db.orm
      .update(moveEmbeddings)
      .set({ retiredAt: clockNow, updatedAt: clockNow })
      .where(
        and(
          eq(moveEmbeddings.source, source),
          isNull(moveEmbeddings.retiredAt),
          // One array parameter: a list of single ones ends at 65,535.
          sql`${moveEmbeddings.moveId} <> all(${sql.param([...moveIds])}::text[])`,
        ),
      )
      .returning({ moveId: moveEmbeddings.moveId });
    return rows.map((row) => row.moveId).sort();
  });
}

/** What was measured of a clip when it was last brought in. */
export interface IngestedMove {
  /** Storage key of the clip as it was brought in. */
  readonly videoPath: string;
  readonly recordingHash: string | null;
  readonly preparedPath: string | null;
  readonly contentHash: string | null;
  readonly durationSec: number;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
  readonly counts: number;
  readonly beats: readonly number[];
  readonly downbeatConfidence: number | null;
  readonly embedding: { readonly audio: readonly number[] };
}

/** The clip of that move id, retired or not, or null. */
export function findIngestedMove(db: Database, moveId: string): Promise<IngestedMove | null> {
  return run(async () => {
    const [row] = await db.orm.select().from(moveEmbeddings).where(eq(moveEmbeddings.moveId, moveId));
    if (row === undefined) return null;
    const {
      videoPath,
      recordingHash,
      preparedPath,
      contentHash,
      durationSec,
      tempoBpm,
      firstDownbeatSec,
      counts,
      beats,
      downbeatConfidence,
      audioEmbedding,
    } = row;
    return {
      videoPath,
      recordingHash,
      preparedPath,
      contentHash,
      durationSec,
      tempoBpm,
      firstDownbeatSec,
      counts,
      beats,
      downbeatConfidence,
      embedding: { audio: audioEmbedding },
    };
  });
}

/** What was seen when a clip was looked at for its poses. */
export interface SeenPoses {
  readonly poses: readonly CouplePose[];
  /** 512 values; null where both dancers were found nowhere. */
  readonly vector: readonly number[] | null;
  readonly look: ClipLook | null;
}

/** What was seen before where the same was looked at, whichever move it is of, retired ones included; or null. */
export function findSeenPoses(db: Database, poseKey: string): Promise<SeenPoses | null> {
  return run(async () => {
    const [row] = await db.orm
      .select({
        poses: moveEmbeddings.poses,
        poseKind: moveEmbeddings.poseKind,
        vector: moveEmbeddings.poseEmbedding,
        look: moveEmbeddings.look,
      })
      .from(moveEmbeddings)
      .where(eq(moveEmbeddings.poseKey, poseKey))
      .orderBy(moveEmbeddings.id)
      .limit(1);
    if (row === undefined || row.poses === null) return null;
    const { poses, poseKind, vector, look } = row;
    return { poses, vector: poseKind === 'measured' ? vector : null, look };
  });
}

/** Ids of the other moves that show the same film, retired ones left out, sorted. */
export function listMovesOfRecording(
  db: Database,
  recordingHash: string,
  exceptMoveId: string,
): Promise<string[]> {
  return run(async () => {
    const rows = await db.orm
      .select({ moveId: moveEmbeddings.moveId })
      .from(moveEmbeddings)
      .where(
        and(
          eq(moveEmbeddings.recordingHash, recordingHash),
          isNull(moveEmbeddings.retiredAt),
          ne(moveEmbeddings.moveId, exceptMoveId),
        ),
      );
    return rows.map(({ moveId }) => moveId).sort();
  });
}

/** Whether the clip of another film lies under this storage key. */
export function isKeyOfAnotherFilm(db: Database, videoPath: string, recordingHash: string): Promise<boolean> {
  const isAnother = and(
    eq(moveEmbeddings.videoPath, videoPath),
    sql`${moveEmbeddings.recordingHash} is distinct from ${recordingHash}`,
  );
  return run(async () => (await db.orm.$count(moveEmbeddings, isAnother)) > 0);
}

/** Retires a clip whose file cannot be used; nothing happens where it is not there or retired already. */
export function retireMove(db: Database, moveId: string): Promise<void> {
  return run(async () => {
    await db.orm
      .update(moveEmbeddings)
      .set({ retiredAt: clockNow, updatedAt: clockNow })
      .where(and(eq(moveEmbeddings.moveId, moveId), isNull(moveEmbeddings.retiredAt)));
  });
}
