import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';

const TEMPO_BPM = 125;
const CLIP_SEC = 4.4;
const PICTURES_PER_SEC = 30;
const LABELS = ['intro', 'basic', 'basic', 'basic', 'basic', 'basic'];
const DIFFICULTIES = ['low', 'medium', 'high'] as const;

export interface SmallLibraryOptions {
  /** Gets `clips`, with their annotations, and `songs`. */
  readonly directory: string;
  readonly songDurationSec: number;
  /** Whether each clip is a film of its own. Default: one for all, for what is asked of it is its length and its tempo. */
  readonly areFilmsOwn?: boolean;
}

/** Six clips of eight counts and one song, at one tempo: enough for a choreography, made in seconds. */
export async function makeSmallLibrary(options: SmallLibraryOptions): Promise<void> {
  const { directory, songDurationSec, areFilmsOwn = false } = options;
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
  await makePulseClip(first, { durationSec: CLIP_SEC, tempoBpm: TEMPO_BPM });
  for (const [index, file] of others.entries()) {
    const durationSec = CLIP_SEC + (index + 1) / PICTURES_PER_SEC;
    if (areFilmsOwn) await makePulseClip(file, { durationSec, tempoBpm: TEMPO_BPM });
    else await copyFile(first, file);
  }
  await writeFile(join(directory, 'clips/annotations.json'), JSON.stringify({ clips }));
  await mkdir(join(directory, 'songs'), { recursive: true });
  await makePulseSong(join(directory, 'songs/pulso.mp3'), {
    durationSec: songDurationSec,
    tempoBpm: TEMPO_BPM,
    tags: { title: 'Pulso', artist: 'Los Pulsos', genre: 'Modern Bachata' },
  });
}
