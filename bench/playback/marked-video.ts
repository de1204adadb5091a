import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blueprint, buildBlueprint } from '@bachata-buddy/blueprint';
import { countTimesSec, type MediaTools, prepareClip, probeMedia, runFfmpeg } from '@bachata-buddy/media';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';
import { measureCommand } from '../measure-command.ts';
import type { Film } from './film.ts';

const SIZE = { width: 1_280, height: 720 };
export const MOVES = 20;
export const MOVE_SEC = 2;
const COUNTS = 4;
/** Of the square in the corner by which a clip is known: far from each other, whatever a player does to them. */
export const MARKS = [30, 80, 130, 180, 230];
/** Every clip as often as any other: those that are danced faster have more pictures a second. */
const PLAYED_MOVES = 2 * MARKS.length;
/** So that pieces are retimed both ways. */
const TEMPI = [104, 112, 120, 132, 144];

/** Twenty moves of five clips, every other crossfaded, each clip with a mark of its own. */
export async function makeMarkedVideo(tools: MediaTools, directory: string): Promise<Film> {
  for (const [index, mark] of MARKS.entries()) await makeClip(tools, directory, index, mark);
  const song = ['-f', 'lavfi', '-i', `sine=f=220:d=${MOVES * MOVE_SEC}`, join(directory, 'song.wav')];
  await runFfmpeg({ tools, args: song });
  const blueprint = join(directory, 'blueprint.json');
  await writeFile(blueprint, JSON.stringify(documentOf()));
  const video = join(directory, 'video.mp4');
  await measureCommand({
    file: process.execPath,
    args: [
      ...[join(ROOT_DIRECTORY, 'infra/build/run-program.mjs'), 'apps/job/src/render-command.ts'],
      ...[blueprint, '--out', video, '--media', directory],
    ],
    cwd: ROOT_DIRECTORY,
    environment: { RENDER_CACHE_DIR: join(directory, 'kept') },
  });
  const rates = Array.from({ length: PLAYED_MOVES }, (_, move) => rateOf(move));
  return { name: 'marked clips', path: video, moveSec: MOVE_SEC, rates };
}

/** Clip seconds a second of video. */
function rateOf(move: number): number {
  return (COUNTS * 60) / TEMPI[clipOf(move)]! / MOVE_SEC;
}

/** Which clip a move shows. */
export function clipOf(move: number): number {
  return move % MARKS.length;
}

async function makeClip(tools: MediaTools, directory: string, index: number, mark: number): Promise<void> {
  const grey = `0x${mark.toString(16).padStart(2, '0').repeat(3)}`;
  const film = `testsrc2=s=1280x720:r=30:d=6,hue=H=t,drawbox=x=40:y=40:w=240:h=240:color=${grey}:t=fill`;
  const path = join(directory, `source-${index}.mp4`);
  const colours = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...colours];
  await runFfmpeg({ tools, args: ['-f', 'lavfi', '-i', film, ...codec, path] });
  await prepareClip({
    tools,
    path,
    probe: await probeMedia(tools, path),
    size: SIZE,
    keyframeTimesSec: countTimesSec({ durationSec: 6, tempoBpm: TEMPI[index]!, firstDownbeatSec: 0 }),
    outPath: join(directory, `${index}.mp4`),
    posterPath: join(directory, `${index}.jpg`),
    sheetPath: join(directory, `${index}.sheet.jpg`),
  });
}

function documentOf(): Blueprint {
  const moves = Array.from({ length: MOVES }, (_, index) => {
    const clip = clipOf(index);
    return {
      moveId: `move-${index}`,
      name: 'Move',
      label: 'basic',
      videoPath: `${clip}.mp4`,
      counts: COUNTS,
      startSec: index * MOVE_SEC,
      durationSec: MOVE_SEC,
      trimStartSec: 0,
      clipDurationSec: 6,
      playbackRate: rateOf(index),
      transition: index % 4 === 3 ? ('crossfade' as const) : ('cut' as const),
      sectionLabel: 'verse',
      reason: 'bench',
    };
  });
  return buildBlueprint({
    taskId: '00000000-0000-4000-8000-000000000000',
    song: {
      id: 1,
      title: 'Marks',
      artist: 'Bench',
      audioPath: 'song.wav',
      tempoBpm: 120,
      durationSec: MOVES * MOVE_SEC,
    },
    moves,
    difficulty: 'beginner',
    energyLevel: 'low',
    style: 'modern',
    userId: 1,
    seed: 1,
    generatedAt: new Date(0),
  });
}
