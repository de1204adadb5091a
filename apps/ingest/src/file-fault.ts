import { AppError } from '@bachata-buddy/platform';

/** Faults of this machine, or the end of the work, though they come of handling a file. */
const NOT_THE_FILES = /^MEDIA_(CANCELLED|FFMPEG_MISSING|FFMPEG_TOO_OLD|FFPROBE_MISSING)$/;
const NO_ROOM = /no space left|disk quota|read-only file system|too many open files/i;

/** Whether what was thrown is a fault of one file: the others can still go in. */
export function isAboutTheFile(thrown: unknown): boolean {
  if (!(thrown instanceof AppError) || NOT_THE_FILES.test(thrown.code)) return false;
  if (NO_ROOM.test(`${thrown.message} ${String(thrown.details?.stderrTail ?? '')}`)) return false;
  return /^(MEDIA_|INGEST_CLIP|INGEST_SONG|INGEST_OBJECT|MUSIC_)/.test(thrown.code);
}
