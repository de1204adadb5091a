import { type MovieTrack, mediaError, readMovie } from '@bachata-buddy/media';

export const SAMPLE_RATE_HZ = 48_000;
/** Samples a packet of AAC-LC. */
export const PACKET_SAMPLES = 1_024;

/** Sound as packets that lie in a file. */
export interface AacFile {
  readonly path: string;
  readonly track: MovieTrack;
}

/** @throws AppError `MEDIA_INDEX_INVALID`, `MEDIA_NO_AUDIO` */
export async function openAacFile(path: string): Promise<AacFile> {
  const track = (await readMovie(path)).tracks.find(({ codec }) => codec === 'mp4a');
  if (track === undefined) throw mediaError('MEDIA_NO_AUDIO', 'The file has no sound');
  return { path, track };
}

/** Encoder options of every part of a soundtrack: equal ones make packets that follow each other. */
export function aacEncoding(bitsPerSecond: number): string[] {
  return ['-c:a', 'aac', '-b:a', String(bitsPerSecond), '-ar', String(SAMPLE_RATE_HZ), '-ac', '2'];
}
