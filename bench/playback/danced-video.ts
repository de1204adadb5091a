import { join } from 'node:path';
import type { MediaTools } from '@bachata-buddy/media';
import { measureCommand } from '../measure-command.ts';
import { findFootage, makeLongSong } from '../render/footage.ts';
import { buildOurs, renderToFile } from '../render/ours.ts';
import { makeWorkload } from '../render/workload.ts';
import type { Film } from './film.ts';

const SIZE = { width: 1_280, height: 720 };
const MOVES = 29;
const PLAYED_JOINS = 6;

/** The dance of `pnpm bench render` by cuts, of real clips where there are some, else of the demo's: its first joins. */
export async function makeDancedVideo(tools: MediaTools, directory: string): Promise<Film> {
  const footage = await findFootage(tools, SIZE);
  const workload = makeWorkload(footage, MOVES);
  const programs = await buildOurs(join(directory, 'programs'));
  const songPath = join(directory, 'song.mp3');
  await makeLongSong(tools, footage.songPath, songPath, workload.durationSec);
  const place = { tools, workload, songPath, directory, programs };
  const { command, video } = await renderToFile({ ...place, size: SIZE, joins: 'cuts' });
  await measureCommand(command);
  return {
    name: `${footage.kind} clips`,
    path: video,
    moveSec: workload.moveSec,
    rates: workload.moves.slice(0, PLAYED_JOINS + 1).map(({ rate }) => rate),
  };
}
