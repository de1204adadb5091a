import { dot, normalise, subtract, type Vector, vector } from '../maths/vector.ts';

export const FRAME_WIDTH = 1280;
export const FRAME_HEIGHT = 720;
export const CLIP_SIZE = { width: FRAME_WIDTH, height: FRAME_HEIGHT } as const;

const EYE = vector(0, 1.55, 6.6);
const LOOK_AT = vector(0, 0.965, 0);
/** Pixels that one metre takes at the stage's centre. */
const PIXELS_PER_METRE = 312;

const FORWARD = normalise(subtract(LOOK_AT, EYE));
const RIGHT = vector(1, 0, 0);
const RISE = vector(0, -FORWARD.z, FORWARD.y);
const FOCAL = PIXELS_PER_METRE * -dot(subtract(EYE, LOOK_AT), FORWARD);

/** A point of the stage as the camera sees it. */
export interface Seen {
  /** Pixels from the picture's left and top. */
  readonly x: number;
  readonly y: number;
  /** Pixels that a metre takes there. */
  readonly size: number;
  /** Metres from the camera along its line of sight. */
  readonly depth: number;
}

/** Projects a point of the stage into the picture. The camera never moves, so that clips join. */
export function see(point: Vector): Seen {
  const from = subtract(point, EYE);
  const depth = dot(from, FORWARD);
  const size = FOCAL / depth;
  return {
    x: FRAME_WIDTH / 2 + dot(from, RIGHT) * size,
    y: FRAME_HEIGHT / 2 - dot(from, RISE) * size,
    size,
    depth,
  };
}

/** Unit direction from a point to the camera. */
export function towardsCamera(point: Vector): Vector {
  return normalise(subtract(EYE, point));
}

/** A direction's part to the right, upwards and towards the viewer in the picture. */
export function inView(direction: Vector): Vector {
  return vector(dot(direction, RIGHT), dot(direction, RISE), -dot(direction, FORWARD));
}
