import { clamp } from '../maths/curve.ts';
import { add, addScaled, length, normalise, scale, subtract, type Vector, vector } from '../maths/vector.ts';
import { pointIn } from './frame.ts';
import type { Performance } from './performance.ts';
import type { Dancer } from './skeleton.ts';
import { countAtFrame, FRAMES_PER_COUNT, FRAMES_PER_SECOND } from './timing.ts';

/** What follows the body a little later: the skirt's hem and the hair. */
export interface Trailing {
  /** Where the skirt points: it turns after the hips. */
  readonly skirtYaw: number;
  /** 0 hangs, 1 stands out level. */
  readonly skirtFlare: number;
  /** Metres the hem lags behind the hips. */
  readonly skirtSway: Vector;
  /** From the back of the head down. */
  readonly hair: readonly Vector[];
}

const HAIR_LINKS = 6;
const HAIR_LINK = 0.066;
/** Frames of basic danced before the clip so that skirt and hair are in full swing. */
const WARM_UP_FRAMES = FRAMES_PER_COUNT * 5;
const STEPS_PER_FRAME = 3;
const STEP_SEC = 1 / FRAMES_PER_SECOND / STEPS_PER_FRAME;

interface State {
  yaw: number;
  yawSpeed: number;
  flare: number;
  flareSpeed: number;
  sway: Vector;
  swaySpeed: Vector;
  hair: Vector[];
  hairBefore: Vector[];
  pelvis: Vector;
  pelvisYaw: number;
}

/** Where the hair is tied: the back of the crown. */
function hairRoot(dancer: Dancer): Vector {
  return pointIn(dancer.headFrame, dancer.head, 0, 0.055, -0.098);
}

function start(dancer: Dancer): State {
  const root = hairRoot(dancer);
  const hair = Array.from({ length: HAIR_LINKS }, (_, index) =>
    vector(root.x, root.y - index * HAIR_LINK, root.z),
  );
  return {
    yaw: dancer.yaw,
    yawSpeed: 0,
    flare: 0.1,
    flareSpeed: 0,
    sway: vector(0, 0, 0),
    swaySpeed: vector(0, 0, 0),
    hair,
    hairBefore: hair.map((link) => link),
    pelvis: dancer.pelvis,
    pelvisYaw: dancer.yaw,
  };
}

/** Keeps a hair link outside the body: out of a column about the spine. */
function outsideBody(link: Vector, dancer: Dancer): Vector {
  const spine = link.y > dancer.neck.y ? dancer.skull : dancer.ribs;
  const room = link.y > dancer.neck.y ? 0.075 : 0.135;
  const flat = vector(link.x - spine.x, 0, link.z - spine.z);
  const gap = length(flat);
  if (gap >= room) return link;
  const away = normalise(flat, scale(dancer.chestFrame.ahead, -1));
  return vector(spine.x + away.x * room, link.y, spine.z + away.z * room);
}

function swingHair(state: State, dancer: Dancer): void {
  const root = hairRoot(dancer);
  const moved = state.hair.map((link, index) => {
    const speed = subtract(link, state.hairBefore[index] as Vector);
    return addScaled(addScaled(link, speed, 0.955), vector(0, -9.8, 0), STEP_SEC * STEP_SEC);
  });
  moved[0] = root;
  const back = scale(dancer.headFrame.ahead, -1);
  // The first link stands off from the head as a tied tail does.
  moved[1] = addScaled(
    moved[1] as Vector,
    subtract(pointIn(dancer.headFrame, root, 0, -0.02, -0.062), moved[1] as Vector),
    0.5,
  );
  for (let round = 0; round < 3; round += 1) {
    for (let index = 1; index < moved.length; index += 1) {
      const before = moved[index - 1] as Vector;
      const away = normalise(subtract(outsideBody(moved[index] as Vector, dancer), before), back);
      moved[index] = addScaled(before, away, HAIR_LINK);
    }
  }
  state.hairBefore = state.hair;
  state.hair = moved;
}

function swingSkirt(state: State, dancer: Dancer, before: { pelvis: Vector; yaw: number }): void {
  const twist = state.pelvisYaw - state.yaw;
  state.yawSpeed += (twist * 150 - state.yawSpeed * 15) * STEP_SEC;
  state.yaw += state.yawSpeed * STEP_SEC;
  const spin = Math.abs(state.yawSpeed);
  const wanted = clamp(0.06 + (spin / 11) ** 2 * 0.75, 0, 0.8);
  state.flareSpeed += ((wanted - state.flare) * 90 - state.flareSpeed * 13) * STEP_SEC;
  state.flare += state.flareSpeed * STEP_SEC;
  const speed = scale(subtract(dancer.pelvis, before.pelvis), FRAMES_PER_SECOND);
  const target = vector(-speed.x * 0.11, 0, -speed.z * 0.11);
  const pull = subtract(scale(subtract(target, state.sway), 70), scale(state.swaySpeed, 8));
  state.swaySpeed = addScaled(state.swaySpeed, pull, STEP_SEC);
  state.sway = addScaled(state.sway, state.swaySpeed, STEP_SEC);
  const size = length(state.sway);
  if (size > 0.16) state.sway = scale(state.sway, 0.16 / size);
}

/**
 * Follows one dancer from before the clip to its end and returns the skirt and hair of every frame.
 * The same performance gives the same swing.
 */
export function trail(performance: Performance, dancers: readonly Dancer[]): Trailing[] {
  const first = performance.at(countAtFrame(-WARM_UP_FRAMES)).follow;
  const state = start(first);
  const frames: Trailing[] = [];
  for (let frame = -WARM_UP_FRAMES + 1; frame < dancers.length; frame += 1) {
    const dancer = frame < 0 ? performance.at(countAtFrame(frame)).follow : (dancers[frame] as Dancer);
    const before = { pelvis: state.pelvis, yaw: state.pelvisYaw };
    for (let step = 1; step <= STEPS_PER_FRAME; step += 1) {
      state.pelvisYaw = before.yaw + ((dancer.yaw - before.yaw) * step) / STEPS_PER_FRAME;
      swingHair(state, dancer);
      swingSkirt(state, dancer, before);
    }
    state.pelvis = add(dancer.pelvis, vector(0, 0, 0));
    if (frame < 0) continue;
    frames.push({ skirtYaw: state.yaw, skirtFlare: state.flare, skirtSway: state.sway, hair: state.hair });
  }
  return frames;
}
