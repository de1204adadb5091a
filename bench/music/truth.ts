import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { describeDemoLibrary, makeDemoLibrary } from '@bachata-buddy/demo';
import type { MediaTools } from '@bachata-buddy/media';
import { usageError } from '@bachata-buddy/platform';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';
import type { Span } from './scores.ts';

/** A song and what is true of it; times in seconds from its first sample. */
export interface TrueSong {
  readonly name: string;
  readonly path: string;
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
  /** Empty where nobody says. */
  readonly eights: readonly number[];
  readonly sections: readonly Span[];
}

/** Songs of one kind, scored together. */
export interface TrueSongs {
  readonly title: string;
  readonly songs: readonly TrueSong[];
}

const AUDIO = ['.mp3', '.m4a', '.wav', '.flac', '.ogg'];
/** Recordings that are too large for the repository lie beside it. */
const SHARED = ['songs', 'styles'].map((name) => join(ROOT_DIRECTORY, '../shared/data', name));

/** The demo's songs, made where they are not there yet. */
export async function demoSongs({ ffmpegPath }: MediaTools): Promise<TrueSongs> {
  const songIds = describeDemoLibrary().songs.map(({ songId }) => songId);
  const directory = join(ROOT_DIRECTORY, '.data/bench/demo');
  const { songs } = await makeDemoLibrary({ directory, ffmpegPath, only: { songIds } });
  return {
    title: "the demo's songs",
    songs: songs.map(({ songId, path, ...facts }) => ({
      name: songId,
      path: join(directory, path),
      ...facts,
    })),
  };
}

/** Folders of `NAME.json` beside `NAME.mp3` (m4a, wav, flac, ogg); those beside the repository where none is named. */
export async function songsOfFolders(folders: readonly string[]): Promise<TrueSongs[]> {
  const wanted = folders.length > 0 ? folders : SHARED.filter((folder) => existsSync(folder));
  return Promise.all(wanted.map(async (folder) => ({ title: folder, songs: await readFolder(folder) })));
}

async function readFolder(folder: string): Promise<TrueSong[]> {
  const files = await readdir(folder).catch(() => {
    throw usageError(`${folder} is not a folder that can be read.`);
  });
  const songs = files
    .filter((file) => AUDIO.includes(extname(file)))
    .sort()
    .map((file) => ({ file, name: file.slice(0, -extname(file).length) }))
    .filter(({ name }) => files.includes(`${name}.json`));
  return Promise.all(songs.map(({ file, name }) => readSong(folder, file, name)));
}

async function readSong(folder: string, file: string, name: string): Promise<TrueSong> {
  const truth = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as {
    beats: number[];
    downbeats: number[];
    eights?: number[];
    sections?: Span[];
  };
  const { beats, downbeats, sections = [] } = truth;
  const eights = truth.eights ?? countEights(downbeats, sections);
  return { name, path: join(folder, file), beats, downbeats, eights, sections };
}

/** Every second "1", counted anew from where each part begins. */
function countEights(downbeats: readonly number[], sections: readonly Span[]): number[] {
  const isIn =
    ({ start, end }: Span) =>
    (time: number) =>
      time >= start - 0.05 && time < end - 0.05;
  return sections.flatMap((section) => downbeats.filter(isIn(section)).filter((_, i) => i % 2 === 0));
}

/** The same song played faster: everything happens that much earlier. */
export function atTempo(song: TrueSong, factor: number, path: string): TrueSong {
  const scale = (times: readonly number[]): number[] => times.map((time) => time / factor);
  return {
    name: song.name,
    path,
    beats: scale(song.beats),
    downbeats: scale(song.downbeats),
    eights: scale(song.eights),
    sections: song.sections.map(({ label, start, end }) => ({
      label,
      start: start / factor,
      end: end / factor,
    })),
  };
}

/** Beats a minute of a whole song. */
export function tempoOf({ beats }: Pick<TrueSong, 'beats'>): number {
  return (60 * (beats.length - 1)) / (beats.at(-1)! - beats[0]!);
}
