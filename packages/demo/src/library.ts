import { mkdir } from 'node:fs/promises';
import { demoError } from './errors.ts';
import {
  DEMO_LIBRARY_VERSION,
  type DemoMove,
  type DemoSong,
  describeDemoLibrary,
} from './library-content.ts';
import {
  type FinishedFiles,
  loadFinishedFiles,
  removeAbandonedFiles,
  saveLibrary,
  saveProgress,
} from './library-store.ts';
import { type LibraryWork, makeFiles } from './library-workers.ts';

export interface DemoLibrary {
  readonly version: number;
  readonly directory: string;
  readonly songs: readonly DemoSong[];
  readonly moves: readonly DemoMove[];
}

export interface DemoProgress {
  /** Files ready, of `total`. */
  readonly done: number;
  readonly total: number;
  /** What was made last, for people. */
  readonly what: string;
}

/** A file that was made just now. */
export type ReadyFile =
  | { readonly kind: 'song'; readonly song: DemoSong }
  | { readonly kind: 'move'; readonly move: DemoMove };

export interface MakeDemoLibraryOptions {
  /** Made where it does not exist. */
  readonly directory: string;
  readonly ffmpegPath: string;
  readonly onProgress?: ((progress: DemoProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of each file that is made, before its maker takes the next one. What was there already is not told. */
  readonly onReady?: ((file: ReadyFile) => Promise<void>) | undefined;
  /** A part of the library, made in that order; a list left out means none of that kind. Everything unless told. */
  readonly only?: { readonly songIds?: readonly string[]; readonly moveIds?: readonly string[] } | undefined;
}

function choose<T>(
  all: readonly T[],
  idOf: (one: T) => string,
  wanted: readonly string[] | undefined,
): readonly T[] {
  const byId = new Map(all.map((one) => [idOf(one), one]));
  const ids = [...new Set(wanted)];
  const unknown = ids.filter((id) => !byId.has(id));
  if (unknown.length === 0) return ids.map((id) => byId.get(id) as T);
  throw demoError('DEMO_UNKNOWN_ID', `The demo library holds no ${unknown.join(', ')}`);
}

function withFiles<T extends { readonly path: string }>(
  specifications: readonly T[],
  finished: FinishedFiles,
) {
  return specifications.flatMap((specification) => {
    const file = finished.get(specification.path);
    return file === undefined ? [] : [{ ...specification, ...file }];
  });
}

function isOf({ path }: LibraryWork) {
  return (specification: { readonly path: string }): boolean => specification.path === path;
}

/**
 * Makes the demo library under `directory`, or what is still missing of it: `songs/*.m4a`,
 * `Bachata_steps/<label>/<moveId>.mp4` and `demo-library.json`. Files appear under their name only when complete, so
 * a run that was killed is simply continued. Where everything is there in this version, nothing is made.
 *
 * @throws AppError `DEMO_UNKNOWN_ID` for an id in `only` that does not exist, `CANCELLED` where `signal`
 * aborts, `DEMO_ENCODE_FAILED` where ffmpeg fails, `DEMO_WORKER` where a thread breaks down.
 */
export async function makeDemoLibrary(options: MakeDemoLibraryOptions): Promise<DemoLibrary> {
  const { directory, ffmpegPath, onProgress, onReady, signal, only } = options;
  const all = describeDemoLibrary();
  const songs = only === undefined ? all.songs : choose(all.songs, ({ songId }) => songId, only.songIds);
  const moves = only === undefined ? all.moves : choose(all.moves, ({ moveId }) => moveId, only.moveIds);
  await mkdir(directory, { recursive: true });
  const finished = await loadFinishedFiles(directory);
  // Songs first: they take longest and keep one thread busy, and the clips fill up the rest.
  const works: LibraryWork[] = [
    ...songs.map(({ songId, path, title }) => ({ kind: 'song' as const, id: songId, path, what: title })),
    ...moves.map(({ moveId, path, name }) => ({ kind: 'clip' as const, id: moveId, path, what: name })),
  ];
  const missing = works.filter(({ path }) => !finished.has(path));
  if (missing.length > 0) {
    await removeAbandonedFiles(directory);
    let done = works.length - missing.length;
    let saving = Promise.resolve();
    await makeFiles(missing, {
      directory,
      ffmpegPath,
      signal,
      async onFinished(work, file) {
        finished.set(work.path, file);
        done += 1;
        onProgress?.({ done, total: works.length, what: work.what });
        // One after the other: an older list must not replace a newer one.
        saving = saving.then(() => saveProgress(directory, finished));
        await saving;
        for (const song of withFiles(songs.filter(isOf(work)), finished))
          await onReady?.({ kind: 'song', song });
        for (const move of withFiles(moves.filter(isOf(work)), finished))
          await onReady?.({ kind: 'move', move });
      },
    });
    await saveLibrary(directory, {
      version: DEMO_LIBRARY_VERSION,
      songs: withFiles(all.songs, finished),
      moves: withFiles(all.moves, finished),
    });
  }
  return {
    version: DEMO_LIBRARY_VERSION,
    directory,
    songs: withFiles(songs, finished),
    moves: withFiles(moves, finished),
  };
}
