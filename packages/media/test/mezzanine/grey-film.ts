import { execFileSync } from 'node:child_process';
import { findMediaTools, type PictureSize } from '@bachata-buddy/media';

export interface GreyFilm extends PictureSize {
  readonly path: string;
  /** Luma codes of each picture, one for the whole of it or what each line has. */
  readonly greys: readonly (number | ((x: number, y: number) => number))[];
  readonly framesPerSecond: number;
  /** Of 4:4:4 pictures, so that sizes may be odd. */
  readonly output: readonly string[];
  /** Further inputs. */
  readonly inputs?: readonly string[];
}

/** Makes a film in which every picture tells by its grey which one it is. */
export async function makeGreyFilm(film: GreyFilm): Promise<void> {
  const { path, greys, width, height, framesPerSecond, output, inputs = [] } = film;
  const { ffmpegPath } = await findMediaTools();
  const neutral = Buffer.alloc(2 * width * height, 128);
  const pictures = greys.flatMap((grey) => {
    const luma = Buffer.alloc(width * height);
    for (let at = 0; at < luma.length; at += 1) {
      luma[at] = typeof grey === 'number' ? grey : grey(at % width, Math.floor(at / width));
    }
    return [luma, neutral];
  });
  const raw = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv444p',
    '-s',
    `${width}x${height}`,
    '-framerate',
    String(framesPerSecond),
  ];
  execFileSync(ffmpegPath, ['-v', 'error', '-y', ...raw, '-i', '-', ...inputs, ...output, path], {
    input: Buffer.concat(pictures),
  });
}
