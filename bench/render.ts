import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBlueprint } from '@bachata-buddy/blueprint';
import { type DemoLibrary, makeDemoLibrary } from '@bachata-buddy/demo';
import { findMediaTools, type MediaTools, runFfmpeg } from '@bachata-buddy/media';
import { AppError, makeProgressLine } from '@bachata-buddy/platform';
import { compare } from './compare.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const COUNTS_PER_MOVE = 8;

interface PlacedMove {
  readonly path: string;
  readonly startSec: number;
  readonly durationSec: number;
}

/** The product's render of a whole demo song against the predecessor's way with the same clips. */
export async function benchRender({
  rounds,
  say,
}: {
  rounds: number;
  say: (line: string) => void;
}): Promise<void> {
  const tools = await findMediaTools();
  const line = makeProgressLine('Demo library');
  const library = await makeDemoLibrary({
    directory: join(ROOT, '.data/demo'),
    ffmpegPath: tools.ffmpegPath,
    onProgress: ({ done, total, what }) => line.show(done / total, what),
  });
  line.end('ready');
  const directory = await mkdtemp(join(tmpdir(), 'bachata-bench-'));
  try {
    const { moves, songPath, durationSec, document } = makeWorkload(library);
    const blueprintPath = join(directory, 'blueprint.json');
    await writeFile(blueprintPath, JSON.stringify(document));
    await compare({
      title: `render: ${moves.length} moves, ${durationSec.toFixed(0)} s`,
      rounds,
      say,
      ours: {
        name: 'pnpm render',
        run: () => renderByProduct(blueprintPath, join(directory, 'ours.mp4'), library.directory),
      },
      peer: {
        name: 'clip by clip',
        run: () => renderClipByClip(tools, { moves, songPath, directory: join(directory, 'peer') }),
      },
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function makeWorkload(library: DemoLibrary) {
  const song = library.songs[0];
  const clips = library.moves.filter(({ label }) => label !== 'intro' && label !== 'outro');
  if (song === undefined || clips.length === 0)
    throw new AppError('The demo library is empty.', { code: 'BENCH' });
  const [firstBeat = 0] = song.beats;
  const moveSec = (COUNTS_PER_MOVE * 60) / song.tempoBpm;
  const moveCount = Math.floor((song.durationSec - firstBeat) / moveSec);
  const placed = Array.from({ length: moveCount }, (_, index) => {
    const clip = clips[index % clips.length] ?? clips[0];
    if (clip === undefined) throw new AppError('The demo library is empty.', { code: 'BENCH' });
    return { clip, startSec: firstBeat + index * moveSec, durationSec: moveSec };
  });
  const document = buildBlueprint({
    taskId: '00000000-0000-4000-8000-000000000000',
    song: {
      id: 1,
      title: song.title,
      artist: song.artist,
      audioPath: song.path,
      tempoBpm: song.tempoBpm,
      durationSec: song.durationSec,
    },
    moves: placed.map(({ clip, startSec, durationSec }) => ({
      moveId: clip.moveId,
      name: clip.name,
      label: clip.label,
      videoPath: clip.path,
      startSec,
      durationSec,
      counts: COUNTS_PER_MOVE,
      trimStartSec: clip.firstDownbeatSec,
      playbackRate: song.tempoBpm / clip.tempoBpm,
      clipDurationSec: clip.durationSec,
      transition: 'cut' as const,
      sectionLabel: 'verse',
      reason: 'bench',
    })),
    difficulty: 'intermediate',
    energyLevel: 'medium',
    style: 'modern',
    userId: 1,
    seed: 1,
    generatedAt: new Date(0),
  });
  const moves: PlacedMove[] = placed.map(({ clip, startSec, durationSec }) => {
    return { path: join(library.directory, clip.path), startSec, durationSec };
  });
  return { moves, document, songPath: join(library.directory, song.path), durationSec: song.durationSec };
}

async function renderByProduct(
  blueprintPath: string,
  outputPath: string,
  mediaDirectory: string,
): Promise<void> {
  const args = ['infra/build/run-program.mjs', 'apps/job/src/render-command.ts', blueprintPath];
  const child = spawn(process.execPath, [...args, '--out', outputPath, '--media', mediaDirectory], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new AppError(`pnpm render ended with exit code ${exitCode}.`, { code: 'BENCH' });
}

/** Each clip re-encoded (ultrafast, CRF 18), joined by the concat demuxer, encoded again with the song. */
async function renderClipByClip(
  tools: MediaTools,
  { moves, songPath, directory }: { moves: readonly PlacedMove[]; songPath: string; directory: string },
): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const normalised = moves.map((_, index) => join(directory, `clip-${index}.mp4`));
  for (const [index, move] of moves.entries()) {
    const encode = [
      '-an',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-crf',
      '18',
      '-pix_fmt',
      'yuv420p',
      '-r',
      '30',
    ];
    const length = ['-t', String(move.durationSec)];
    await runFfmpeg({ tools, args: ['-i', move.path, ...length, ...encode, normalised[index] ?? ''] });
  }
  const listPath = join(directory, 'list.txt');
  await writeFile(listPath, normalised.map((path) => `file '${path}'`).join('\n'));
  const joined = join(directory, 'joined.mp4');
  await runFfmpeg({ tools, args: ['-f', 'concat', '-safe', '0', '-i', listPath, '-c', 'copy', joined] });
  const encode = ['-c:v', 'libx264', '-b:v', '2M', '-c:a', 'aac', '-b:a', '128k', '-shortest'];
  await runFfmpeg({ tools, args: ['-i', joined, '-i', songPath, ...encode, join(directory, 'final.mp4')] });
}
