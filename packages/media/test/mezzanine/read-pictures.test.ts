import { join } from 'node:path';
import { findMediaTools, probeMedia, readPictures } from '@bachata-buddy/media';
import t from 'tap';
import { makeGreyFilm } from './grey-film.ts';

/** Luma code of picture i: the darkest and brightest of limited range are 16 and 235. */
const greyOf = (frame: number) => 16 + frame * 20;
const toByte = (luma: number) => ((luma - 16) * 255) / 219;

t.test('single pictures are read by their numbers, each whole; behind the end there is none', async (t) => {
  const path = join(t.testdir(), 'film.mp4');
  await makeGreyFilm({
    path,
    width: 32,
    height: 32,
    greys: Array.from({ length: 10 }, (_, frame) => greyOf(frame)),
    framesPerSecond: 30,
    output: ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-qp', '4'],
  });
  const tools = await findMediaTools();
  const size = { width: 64, height: 32 };
  const probe = await probeMedia(tools, path);
  const pictures = await readPictures(tools, path, { probe, size, frames: [7, 2, 2, 400] });
  t.same([...pictures.keys()], [2, 7]);
  for (const [frame, picture] of pictures) {
    t.equal(picture.length, 64 * 32 * 3);
    const middle = picture[(16 * 64 + 32) * 3]!;
    t.ok(Math.abs(middle - toByte(greyOf(frame))) <= 3, `picture ${frame}: ${middle}`);
    t.ok(picture[0]! <= 3, 'black beside a picture of other proportions');
  }
  t.equal((await readPictures(tools, path, { probe, size, frames: [] })).size, 0);
});
