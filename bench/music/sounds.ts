import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type MediaTools, runFfmpeg } from '@bachata-buddy/media';
import { AppError, toError } from '@bachata-buddy/platform';
import { atTempo, type TrueSong, type TrueSongs, tempoOf } from './truth.ts';

/** Evenly over what bachata and its neighbours are danced to, and a little beyond. */
const TEMPI_BPM = [80, 95, 110, 125, 140, 155, 170, 185];

interface SoundOptions {
  readonly tools: MediaTools;
  /** Where sounds are made. */
  readonly directory: string;
}

/** Every song at eight tempi; pitch and sound stay. */
export async function songsAtTempi(songs: readonly TrueSong[], options: SoundOptions): Promise<TrueSongs> {
  const faster: TrueSong[] = [];
  for (const song of songs) {
    for (const tempoBpm of TEMPI_BPM) {
      const factor = tempoBpm / tempoOf(song);
      const path = join(options.directory, `${song.name}-${tempoBpm}.flac`);
      await filterSound(options, song.path, path, ['-af', `atempo=${factor}`]);
      faster.push({ ...atTempo(song, factor, path), name: `${song.name} at ${tempoBpm}` });
    }
  }
  return { title: `at ${TEMPI_BPM.join(', ')} BPM`, songs: faster };
}

/** What a recording may have gone through: arguments for ffmpeg's output. */
const ALTERATIONS: Readonly<Record<string, readonly string[]>> = {
  'in phase, two channels': ['-af', 'pan=stereo|c0=c0|c1=c0'],
  'channels out of phase': ['-af', 'pan=stereo|c0=c0|c1=-1*c0'],
  'through a telephone': ['-af', 'highpass=f=300,lowpass=f=3400'],
  'in a church': ['-af', 'aecho=0.8:0.7:60|113|171|233:0.5|0.4|0.3|0.2'],
  'clipped hard': ['-af', 'volume=18dB,alimiter=level_in=1:limit=0.5'],
  'noise behind it': [
    '-filter_complex',
    'anoisesrc=a=0.08:c=pink:seed=7[n];[0:a][n]amix=inputs=2:duration=first',
  ],
  '8 kHz': ['-ar', '8000'],
};

/** One song after each of several mishaps. Its truth stays. */
export async function alteredSongs(song: TrueSong, options: SoundOptions): Promise<TrueSongs> {
  const songs: TrueSong[] = [];
  for (const [name, args] of Object.entries(ALTERATIONS)) {
    const path = join(options.directory, `${name.replaceAll(/\W+/g, '-')}.flac`);
    await filterSound(options, song.path, path, args);
    songs.push({ ...song, name, path });
  }
  return { title: `${song.name} after mishaps`, songs };
}

const LENGTH_SEC = 30;
const SPEECH =
  'Good morning and welcome to the news of the day. The weather will be fair in the north and cloudy along the coast. ' +
  'Trains run late this evening as work on the line goes on. The museum has opened a new hall for its collection of ' +
  'maps and letters which nobody had seen for more than a hundred years. And now to the football.';

/** Sound that is no music, as sources of ffmpeg's. */
const NO_MUSIC: Readonly<Record<string, string>> = {
  'a steady tone': 'sine=f=440:r=44100',
  'a drone': 'aevalsrc=0.2*sin(2*PI*110*t)+0.2*sin(2*PI*165.3*t)+0.1*sin(2*PI*220.7*t):s=44100',
  'white noise': 'anoisesrc=c=white:seed=1:r=44100',
  'pink noise': 'anoisesrc=c=pink:seed=2:r=44100',
  'brown noise': 'anoisesrc=c=brown:seed=3:r=44100',
  speech: `flite=voice=slt:text='${SPEECH}'`,
  'a second voice': `flite=voice=rms:text='${SPEECH}'`,
};

/** Half a minute of each; a sound that this ffmpeg cannot make (speech needs libflite) is told and left out. */
export async function soundsWithoutMusic(
  { tools, directory }: SoundOptions,
  say: (line: string) => void,
): Promise<{ readonly name: string; readonly path: string }[]> {
  const sounds: { name: string; path: string }[] = [];
  for (const [name, source] of Object.entries(NO_MUSIC)) {
    const path = join(directory, `${name.replaceAll(/\W+/g, '-')}.flac`);
    const args = ['-y', '-f', 'lavfi', '-i', source, '-t', String(LENGTH_SEC), path];
    try {
      await runFfmpeg({ tools, args });
      sounds.push({ name, path });
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw toError(thrown);
      say(`  ${name} is left out: this ffmpeg cannot make it`);
    }
  }
  return sounds;
}

async function filterSound(
  { tools }: SoundOptions,
  from: string,
  to: string,
  args: readonly string[],
): Promise<void> {
  if (existsSync(to)) return;
  await runFfmpeg({ tools, args: ['-y', '-i', `file:${from}`, '-vn', ...args, to] });
}
