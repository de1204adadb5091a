import { type AppError, type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What reading and making media may say. */
export const MEDIA_ERRORS = {
  MEDIA_DAMAGED: { meaning: 'Many pictures of the file cannot be decoded.', isAboutFile: true },
  MEDIA_DISK_FULL: { meaning: 'ffmpeg found no room on the disk.', retryable: true },
  MEDIA_FFMPEG_EXIT: {
    meaning: 'ffmpeg could not do its work; its last telling line is in the message.',
    isAboutFile: true,
  },
  MEDIA_FFMPEG_MISSING: { meaning: 'There is no ffmpeg here that can be run.' },
  MEDIA_FFMPEG_TIMEOUT: { meaning: 'ffmpeg did not come to an end in time.', isAboutFile: true },
  MEDIA_FFMPEG_TOO_OLD: { meaning: 'This ffmpeg lacks what the project asks of it; the message names it.' },
  MEDIA_FFPROBE_MISSING: { meaning: 'There is no ffprobe here that can be run.' },
  MEDIA_HDR_UNSUPPORTED: { meaning: 'The clip is HDR, and this ffmpeg cannot tone map.', isAboutFile: true },
  MEDIA_INDEX_INVALID: {
    meaning: 'The index of an mp4 file contradicts itself or the file.',
    isAboutFile: true,
  },
  MEDIA_INTERRUPTED: {
    meaning: 'The machine ended ffmpeg or ffprobe, had no room or time for it, or too many files were open.',
    retryable: true,
  },
  MEDIA_MACHINE_REFUSED: { meaning: 'ffmpeg may not write here, or open as many files as it needs.' },
  MEDIA_NO_AUDIO: { meaning: 'The file has no sound.', isAboutFile: true },
  MEDIA_NO_PICTURES: { meaning: 'No picture of the file can be decoded.', isAboutFile: true },
  MEDIA_NO_VIDEO: { meaning: 'The file has no moving picture.', isAboutFile: true },
  MEDIA_OUTPUT_INVALID: { meaning: 'What was made is not what was asked for.', isAboutFile: true },
  MEDIA_PROBE_FAILED: { meaning: 'This is not a readable media file.', isAboutFile: true },
  MEDIA_TOO_LONG: { meaning: 'The recording is longer than anything here is meant for.', isAboutFile: true },
  MEDIA_TRUNCATED: { meaning: 'The file ends before what it promises.', isAboutFile: true },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof MEDIA_ERRORS, 'media'> {}
}

export const mediaError = makeErrors('media', MEDIA_ERRORS);

/** The error for a file that is no media, or none that can be read, and why, for people. */
export function unreadable(reason: string, cause?: unknown): AppError {
  const message = 'This is not a readable media file';
  return mediaError('MEDIA_PROBE_FAILED', message, { details: { reason }, cause });
}
