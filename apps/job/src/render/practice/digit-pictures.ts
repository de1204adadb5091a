import { valueAt } from '@bachata-buddy/platform';
/*
 * The counts as pictures, drawn here: no font has to be found, and none of anybody's is passed on. Digits of seven
 * segments, as on a clock, light on a dark plate that lets the dance shine through. They are small and scaled up.
 */

/** Of a picture, in pixels; both even, for chroma has half of each. */
export const DIGIT_WIDTH = 16;
export const DIGIT_HEIGHT = 24;
const PIXELS = DIGIT_WIDTH * DIGIT_HEIGHT;
const CHROMA_PIXELS = PIXELS / 4;
/** One picture in `yuva420p`: brightness, two of colour, opacity. */
const DIGIT_BYTES = PIXELS + 2 * CHROMA_PIXELS + PIXELS;

const LIGHT = 235;
const DARK = 16;
const NO_COLOUR = 128;
const OPAQUE = 255;
const PLATE_OPACITY = 140;

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** By the usual letters: `a` on top, then clockwise, `g` in the middle. Right and bottom are not included. */
const SEGMENTS: ReadonlyMap<string, Area> = new Map(
  Object.entries({
    a: { left: 3, top: 3, right: 13, bottom: 5 },
    b: { left: 11, top: 3, right: 13, bottom: 13 },
    c: { left: 11, top: 11, right: 13, bottom: 21 },
    d: { left: 3, top: 19, right: 13, bottom: 21 },
    e: { left: 3, top: 11, right: 5, bottom: 21 },
    f: { left: 3, top: 3, right: 5, bottom: 13 },
    g: { left: 3, top: 11, right: 13, bottom: 13 },
  }),
);
/** Of the digits 1 to 8. */
const LIT = ['bc', 'abged', 'abgcd', 'fgbc', 'afgcd', 'afgedc', 'abc', 'abcdefg'];

/** The picture of a count; of none, one that nothing is seen of. */
export function digitPicture(count: number | undefined): Buffer {
  const picture = Buffer.alloc(DIGIT_BYTES);
  picture.fill(DARK, 0, PIXELS);
  picture.fill(NO_COLOUR, PIXELS, PIXELS + 2 * CHROMA_PIXELS);
  if (count === undefined) return picture;
  picture.fill(PLATE_OPACITY, PIXELS + 2 * CHROMA_PIXELS);
  for (const segment of LIT[count - 1] ?? '') {
    const { left, top, right, bottom } = valueAt(SEGMENTS, segment);
    for (let row = top; row < bottom; row++) {
      const from = row * DIGIT_WIDTH;
      picture.fill(LIGHT, from + left, from + right);
      picture.fill(
        OPAQUE,
        PIXELS + 2 * CHROMA_PIXELS + from + left,
        PIXELS + 2 * CHROMA_PIXELS + from + right,
      );
    }
  }
  return picture;
}
