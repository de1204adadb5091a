import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeDemoLibrary } from '@bachata-buddy/demo';
import {
  countTimesSec,
  type MediaTools,
  type PictureSize,
  prepareClip,
  probeMedia,
  requireVideo,
  runFfmpeg,
} from '@bachata-buddy/media';
import { makeProgressLine } from '@bachata-buddy/platform';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';

/** A clip of the bench: as it was filmed or drawn, and prepared; counts from the file's start. */
export interface BenchClip {
  readonly sourcePath: string;
  readonly preparedPath: string;
  readonly tempoBpm: number;
  readonly durationSec: number;
}

export interface BenchFootage {
  readonly kind: 'real' | 'demo';
  readonly clips: readonly BenchClip[];
  readonly songPath: string;
}

const REAL = join(ROOT_DIRECTORY, '../shared/data');
const KEPT = join(ROOT_DIRECTORY, '.data/bench');

/** Clips and a song: real ones where they are, else the demo's. What is prepared of them is kept for the next run. */
export async function findFootage(tools: MediaTools, size: PictureSize): Promise<BenchFootage> {
  await mkdir(KEPT, { recursive: true });
  const found = existsSync(join(REAL, 'clips/annotations.json'))
    ? await realFootage()
    : await demoFootage(tools);
  const line = makeProgressLine(`Preparing clips at ${size.width}x${size.height}`);
  const clips: BenchClip[] = [];
  for (const [index, source] of found.sources.entries()) {
    line.show(index / found.sources.length, basename(source.path));
    clips.push(await prepare(tools, source, size));
  }
  line.end('ready');
  return { kind: found.kind, clips, songPath: found.songPath };
}

interface Source {
  readonly path: string;
  readonly tempoBpm: number;
}

interface Sources {
  readonly kind: 'real' | 'demo';
  readonly sources: readonly Source[];
  readonly songPath: string;
}

async function realFootage(): Promise<Sources> {
  const annotations = await readFile(join(REAL, 'clips/annotations.json'), 'utf8');
  const { clips } = JSON.parse(annotations) as { clips: { video_path: string; estimated_tempo: number }[] };
  return {
    kind: 'real',
    sources: clips.map(({ video_path: path, estimated_tempo: tempoBpm }) => ({
      path: join(REAL, 'clips', path),
      tempoBpm,
    })),
    songPath: join(REAL, 'songs/song00.mp3'),
  };
}

async function demoFootage(tools: MediaTools): Promise<Sources> {
  const line = makeProgressLine('Demo library');
  const library = await makeDemoLibrary({
    directory: join(ROOT_DIRECTORY, '.data/demo'),
    ffmpegPath: tools.ffmpegPath,
    onProgress: ({ done, total, what }) => line.show(done / total, what),
  });
  line.end('ready');
  return {
    kind: 'demo',
    sources: library.moves.map(({ path, tempoBpm }) => ({ path: join(library.directory, path), tempoBpm })),
    songPath: join(library.directory, library.songs[0]!.path),
  };
}

async function prepare(tools: MediaTools, { path, tempoBpm }: Source, size: PictureSize): Promise<BenchClip> {
  const probe = await probeMedia(tools, path);
  const { durationSec } = requireVideo(probe);
  const facts = await stat(path);
  const name = `${basename(path, '.mp4')}-${facts.size}-${size.width}x${size.height}`;
  const preparedPath = join(KEPT, `${name}.mp4`);
  if (!existsSync(preparedPath)) {
    await prepareClip({
      tools,
      path,
      probe,
      size,
      outPath: preparedPath,
      keyframeTimesSec: countTimesSec({ durationSec, tempoBpm, firstDownbeatSec: 0 }),
      posterPath: join(KEPT, `${name}.jpg`),
      sheetPath: join(KEPT, `${name}.sheet.jpg`),
    });
  }
  return { sourcePath: path, preparedPath, tempoBpm, durationSec };
}

/** The song, repeated until it is so long, as an mp3. */
export async function makeLongSong(
  tools: MediaTools,
  songPath: string,
  path: string,
  durationSec: number,
): Promise<void> {
  const length = ['-t', String(durationSec), '-vn', '-c:a', 'libmp3lame', '-b:a', '192k'];
  await runFfmpeg({ tools, args: ['-stream_loop', '-1', '-i', `file:${songPath}`, ...length, path] });
}
