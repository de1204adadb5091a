import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import type { ObjectFacts, ObjectStore } from '@bachata-buddy/storage';
import { type ExtraKeys, extraKeys } from '@bachata-buddy/vocabulary';

/** A video that is stored, and which of what belongs to it is. */
export interface StoredVideo extends Pick<ObjectFacts, 'sizeBytes' | 'crc32c'> {
  readonly durationSec: number;
  readonly extras: Partial<ExtraKeys>;
}

/**
 * What an earlier attempt has stored and could not say any more; null where the video is still to be made. It was made
 * of the same blueprint and verified, and the video is what a job stores last.
 *
 * @throws AppError `STORAGE_FAILED`
 */
export async function findStored(
  store: ObjectStore,
  blueprint: ResolvedBlueprint,
): Promise<StoredVideo | null> {
  const { key } = blueprint.output;
  const facts = await store.stat(key);
  if (facts === null) return null;
  const keys = Object.entries(extraKeys(key)) as [keyof ExtraKeys, string][];
  const found = await Promise.all(
    keys.map(async ([kind, extra]) => ((await store.stat(extra)) === null ? [] : [[kind, extra]])),
  );
  return {
    durationSec: blueprint.totalDurationSec,
    sizeBytes: facts.sizeBytes,
    crc32c: facts.crc32c,
    extras: Object.fromEntries(found.flat()),
  };
}
