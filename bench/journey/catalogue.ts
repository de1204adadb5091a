import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools, runFfmpeg } from '@bachata-buddy/media';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';

const REAL = join(ROOT_DIRECTORY, '../shared/data');
/** Clips and songs as they are prepared stay here for the next run. */
export const KEPT_DIRECTORY = join(ROOT_DIRECTORY, '.data/bench/journey');
const SONG_SEC = 180;

/** What to ingest: real clips and a song of three minutes where they are, else the demo library. */
export async function journeyIngest(): Promise<string[]> {
  await mkdir(join(KEPT_DIRECTORY, 'songs'), { recursive: true });
  if (!existsSync(join(REAL, 'clips/annotations.json'))) return ['--demo'];
  const song = join(KEPT_DIRECTORY, 'songs/three-minutes.mp3');
  if (!existsSync(song)) {
    const again = ['-stream_loop', '-1', '-i', join(REAL, 'songs/song00.mp3'), '-t', String(SONG_SEC)];
    await runFfmpeg({ tools: await findMediaTools(), args: [...again, '-vn', '-b:a', '192k', song] });
  }
  return [join(REAL, 'clips'), '--songs', join(KEPT_DIRECTORY, 'songs')];
}
