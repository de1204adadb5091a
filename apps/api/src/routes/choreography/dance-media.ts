import type { Blueprint } from '@bachata-buddy/blueprint';
import type { Song } from '@bachata-buddy/database';
import { usualSoundKey } from '@bachata-buddy/songs';
import type { ObjectStore } from '@bachata-buddy/storage';
import { withoutDataPrefix } from '@bachata-buddy/vocabulary';
import { toTimestamp } from '../../http/timestamp.ts';
import type { SignedMedia } from '../../signed-media.ts';

/** What a dance is played from: its song, and a clip for each of its moves. */
export interface DanceSource {
  readonly blueprint: Blueprint;
  /** Null where it is not in the catalogue any more. */
  readonly song: Song | null;
}

/**
 * Signed addresses of all that a dance is played from.
 *
 * @throws AppError `STORAGE_FAILED` where storage could not be asked, or an address could not be signed
 */
export async function signDanceMedia(
  { store, signedMedia }: { readonly store: ObjectStore; readonly signedMedia: SignedMedia },
  { blueprint, song }: DanceSource,
) {
  const expiresAt = signedMedia.expiry();
  const songKey = (await preparedSoundOf(store, song)) ?? withoutDataPrefix(blueprint.audio_path);
  const clipKeys = blueprint.moves.map((move) => withoutDataPrefix(move.video_path));
  // A move that comes again is signed once.
  const urls = new Map(
    await Promise.all(
      [...new Set([songKey, ...clipKeys])].map(
        async (key) => [key, await signedMedia.urlOf(key, expiresAt)] as const,
      ),
    ),
  );
  const urlOf = (key: string) => urls.get(key) ?? '';
  return {
    song_url: urlOf(songKey),
    clip_urls: clipKeys.map(urlOf),
    expires_at: toTimestamp(expiresAt),
  };
}

/** The sound that videos carry, where ingest has made it. */
async function preparedSoundOf(store: ObjectStore, song: Song | null): Promise<string | null> {
  if (song?.contentHash == null) return null;
  const key = usualSoundKey(song.contentHash);
  return (await store.stat(key)) === null ? null : key;
}
