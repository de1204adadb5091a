import {
  type ClipLook,
  COLOUR_STEPS,
  type ColourShares,
  type KeypointName,
  sureKeypoint,
} from '@bachata-buddy/vocabulary';
import type { Box, Person } from './people.ts';
import { PICTURE_SIZE } from './picture-size.ts';

/** A picture of a clip and who dances in it. */
export interface PeopledPicture {
  /** Red, green and blue of each pixel, row by row. */
  readonly pixels: Uint8Array;
  /** One or two dancers. */
  readonly people: readonly Person[];
}

/** Every other pixel of every other row tells as much. */
const PIXEL_STEP = 2;
const BYTE_VALUES = 256;
/** Half the width of what is looked at, in heights of the dancer: all of it is clothes in most poses. */
const TRUNK_RADIUS = 0.06;
const THIGH_RADIUS = 0.035;
/** A colour that occurs less is left out. */
const LEAST_SHARE = 0.002;

/**
 * How a clip looks, over all pictures that show as many people as any of them does; null where nobody was found in any.
 * Who dances is told by what they wear: by the colours of trunks and thighs, inside their boxes.
 */
export function describeLook(pictures: readonly PeopledPicture[]): ClipLook | null {
  const most = Math.max(0, ...pictures.map(({ people }) => people.length));
  if (most === 0) return null;
  const peopled = pictures.filter(({ people }) => people.length === most);
  const dancers = new Array<number>(COLOUR_STEPS ** 3).fill(0);
  const background = new Array<number>(COLOUR_STEPS ** 3).fill(0);
  for (const picture of peopled) countColours(picture, { dancers, background });
  const wholes = peopled.map(({ people }) => enclosing(people.map(({ box }) => box)));
  const meanOf = (value: (box: Box) => number) =>
    wholes.reduce((sum, box) => sum + value(box), 0) / wholes.length;
  return {
    dancers: shares(dancers),
    background: shares(background),
    centre: [
      meanOf(([left, , right]) => (left + right) / 2),
      meanOf(([, top, , bottom]) => (top + bottom) / 2),
    ],
    size: meanOf(([, top, , bottom]) => bottom - top),
  };
}

interface Colours {
  readonly dancers: number[];
  readonly background: number[];
}

function countColours({ pixels, people }: PeopledPicture, { dancers, background }: Colours): void {
  const { width, height } = PICTURE_SIZE;
  const limbs = people.flatMap(clothedLimbs);
  for (let row = 0; row < height; row += PIXEL_STEP) {
    for (let column = 0; column < width; column += PIXEL_STEP) {
      const point = { x: column / height, y: row / height };
      const colour = colourAt(pixels, (row * width + column) * 3);
      if (!people.some(({ box }) => isIn(box, point))) background[colour]! += 1;
      else if (limbs.some((limb) => isOn(limb, point))) dancers[colour]! += 1;
    }
  }
}

function colourAt(pixels: Uint8Array, at: number): number {
  const step = (channel: number) => Math.floor((pixels[at + channel]! * COLOUR_STEPS) / BYTE_VALUES);
  return (step(0) * COLOUR_STEPS + step(1)) * COLOUR_STEPS + step(2);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of the body: what is no farther than the radius from a line. */
interface Limb {
  readonly from: Point;
  readonly to: Point;
  readonly radius: number;
}

/** Trunk and thighs, as far as they are sure. */
function clothedLimbs({ keypoints, box: [, top, , bottom] }: Person): Limb[] {
  const at = (name: KeypointName): Point | null => sureKeypoint(keypoints, name);
  const limb = (from: Point | null, to: Point | null, share: number): Limb[] =>
    from === null || to === null ? [] : [{ from, to, radius: share * (bottom - top) }];
  const [leftHip, rightHip] = [at('left_hip'), at('right_hip')];
  return [
    ...limb(middle(at('left_shoulder'), at('right_shoulder')), middle(leftHip, rightHip), TRUNK_RADIUS),
    ...limb(leftHip, at('left_knee'), THIGH_RADIUS),
    ...limb(rightHip, at('right_knee'), THIGH_RADIUS),
  ];
}

function middle(a: Point | null, b: Point | null): Point | null {
  return a === null || b === null ? null : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function isOn({ from, to, radius }: Limb, { x, y }: Point): boolean {
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const length = alongX ** 2 + alongY ** 2;
  const share = length === 0 ? 0 : ((x - from.x) * alongX + (y - from.y) * alongY) / length;
  const nearest = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from.x - nearest * alongX, y - from.y - nearest * alongY) <= radius;
}

function isIn([left, top, right, bottom]: Box, { x, y }: Point): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

function enclosing(boxes: readonly Box[]): Box {
  const edge = (index: 0 | 1 | 2 | 3) => boxes.map((box) => box[index]);
  return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
}

function shares(counts: readonly number[]): ColourShares {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.flatMap((count, colour) => {
    const share = total === 0 ? 0 : count / total;
    return share < LEAST_SHARE ? [] : [[colour, share] as const];
  });
}
