import { cancelled, type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What listening to a song may say. */
export const MUSIC_ERRORS = {
  MUSIC_ANALYSIS_FAILED: { meaning: 'The analysis broke down; the details say where.', isAboutFile: true },
  MUSIC_GRID_CHANGE: { meaning: 'The counts of the song cannot be changed in that way.' },
  MUSIC_INVALID_AUDIO: { meaning: 'The samples or their rate are not those of sound.', isAboutFile: true },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof MUSIC_ERRORS, 'music'> {}
}

export type MusicCode = keyof typeof MUSIC_ERRORS;

export const musicError = makeErrors('music', MUSIC_ERRORS);

/** @throws AppError `CANCELLED` where the signal has aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw cancelled('The analysis was cancelled.', signal.reason);
}
