import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import type { StartProgram } from './programs.ts';

const TEMPO_BPM = 125;
const LABELS = ['intro', 'basic', 'basic', 'basic', 'basic', 'basic'];

export interface IngestCatalogueOptions {
  readonly start: StartProgram;
  /** Gets `clips` and `songs`. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly songDurationSec: number;
}

/** Six clips of eight counts and one song, at one tempo, brought in by the real program. */
export async function ingestCatalogue({
  start,
  directory,
  environment,
  songDurationSec,
}: IngestCatalogueOptions): Promise<void> {
  const clipsDirectory = join(directory, 'clips');
  const songsDirectory = join(directory, 'songs');
  const clips = LABELS.map((label, index) => ({
    clip_id: `${label}_${index}`,
    video_path: `${label}/${label}_${index}.mp4`,
    move_label: label,
    energy_level: 'medium',
    difficulty: (['low', 'medium', 'high'] as const)[index % 3],
    estimated_tempo: TEMPO_BPM,
  }));
  for (const clip of clips) {
    await mkdir(join(clipsDirectory, clip.move_label), { recursive: true });
    await makePulseClip(join(clipsDirectory, clip.video_path), { durationSec: 4.4, tempoBpm: TEMPO_BPM });
  }
  await writeFile(join(clipsDirectory, 'annotations.json'), JSON.stringify({ clips }));
  await mkdir(songsDirectory, { recursive: true });
  await makePulseSong(join(songsDirectory, 'pulso.mp3'), {
    durationSec: songDurationSec,
    tempoBpm: TEMPO_BPM,
    tags: { title: 'Pulso', artist: 'Los Pulsos', genre: 'Modern Bachata' },
  });
  const ingest = start('ingest', { args: [clipsDirectory, '--songs', songsDirectory], environment });
  const [exitCode] = await once(ingest, 'close');
  if (exitCode !== 0) throw new Error(`ingest ended with exit code ${exitCode}`);
}
