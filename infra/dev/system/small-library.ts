import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';

const TEMPO_BPM = 125;
const LABELS = ['intro', 'basic', 'basic', 'basic', 'basic', 'basic'];
const DIFFICULTIES = ['low', 'medium', 'high'] as const;

export interface SmallLibraryOptions {
  /** Gets `clips`, with their annotations, and `songs`. */
  readonly directory: string;
  readonly songDurationSec: number;
}

/** Six clips of eight counts and one song, at one tempo: enough for a choreography, made in seconds. */
export async function makeSmallLibrary({ directory, songDurationSec }: SmallLibraryOptions): Promise<void> {
  const clips = LABELS.map((label, index) => ({
    clip_id: `${label}_${index}`,
    video_path: `${label}/${label}_${index}.mp4`,
    move_label: label,
    energy_level: 'medium',
    difficulty: DIFFICULTIES[index % DIFFICULTIES.length],
    estimated_tempo: TEMPO_BPM,
  }));
  const files = clips.map(({ video_path: path }) => join(directory, 'clips', path));
  for (const file of files) await mkdir(dirname(file), { recursive: true });
  const [first = '', ...others] = files;
  await makePulseClip(first, { durationSec: 4.4, tempoBpm: TEMPO_BPM });
  // One film for all: what is asked of it is its length and its tempo.
  for (const file of others) await copyFile(first, file);
  await writeFile(join(directory, 'clips/annotations.json'), JSON.stringify({ clips }));
  await mkdir(join(directory, 'songs'), { recursive: true });
  await makePulseSong(join(directory, 'songs/pulso.mp3'), {
    durationSec: songDurationSec,
    tempoBpm: TEMPO_BPM,
    tags: { title: 'Pulso', artist: 'Los Pulsos', genre: 'Modern Bachata' },
  });
}
