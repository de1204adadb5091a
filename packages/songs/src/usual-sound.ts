import { BLUEPRINT_DEFAULTS } from '@bachata-buddy/blueprint';
import { preparedSongKey, toBitsPerSecond } from '@bachata-buddy/media';

/** The sound of a blueprint that wishes for nothing else. */
export const USUAL_SOUND = {
  bitsPerSecond: toBitsPerSecond(BLUEPRINT_DEFAULTS.audioBitrate),
  isNormalised: BLUEPRINT_DEFAULTS.normalizeAudio,
};

/**
 * The storage key of a song's sound as videos carry it.
 *
 * @param contentHash SHA-256 of the song's file, hexadecimal
 */
export function usualSoundKey(contentHash: string): string {
  return preparedSongKey({ contentHash, ...USUAL_SOUND });
}
