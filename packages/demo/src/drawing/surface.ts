import { type Frame, pointIn } from '../dance/frame.ts';
import { lerp } from '../maths/curve.ts';
import { dot, mix, type Vector, vector } from '../maths/vector.ts';
import { see, towardsCamera } from './camera.ts';
import type { Context } from './paint.ts';

/** One cross-section of a trunk: an ellipse about `centre`. */
export interface Section {
  readonly centre: Vector;
  readonly frame: Frame;
  readonly halfWidth: number;
  readonly halfDepth: number;
}

/** A trunk as a stack of ellipses, bottom to top. */
export type Surface = readonly Section[];

function sectionAt(surface: Surface, height: number): Section {
  const index = Math.min(Math.max(0, Math.floor(height)), surface.length - 2);
  const low = surface[index] as Section;
  const high = surface[index + 1] as Section;
  const share = height - index;
  const smooth = share * share * (3 - 2 * share);
  return {
    centre: mix(low.centre, high.centre, share),
    frame: {
      left: mix(low.frame.left, high.frame.left, share),
      up: mix(low.frame.up, high.frame.up, share),
      ahead: mix(low.frame.ahead, high.frame.ahead, share),
    },
    halfWidth: lerp(low.halfWidth, high.halfWidth, smooth),
    halfDepth: lerp(low.halfDepth, high.halfDepth, smooth),
  };
}

/** The angle about the trunk that looks at the camera: 0 is the front, positive towards the left. */
function facingAngle(section: Section): number {
  const view = towardsCamera(section.centre);
  return Math.atan2(
    dot(section.frame.left, view) * section.halfWidth,
    dot(section.frame.ahead, view) * section.halfDepth,
  );
}

/** A point on the surface: `height` in sections from the bottom, `angle` in radians from the front to the left. */
function surfacePoint(surface: Surface, height: number, angle: number): Vector {
  const section = sectionAt(surface, height);
  return pointIn(
    section.frame,
    section.centre,
    Math.sin(angle) * section.halfWidth,
    0,
    Math.cos(angle) * section.halfDepth,
  );
}

export interface Patch {
  /** Lower and upper edge, in sections from the bottom, at an angle of -PI..PI. */
  readonly bottom: (angle: number) => number;
  readonly top: (angle: number) => number;
  /** Only the part between these angles; the whole way round unless told. */
  readonly between?: readonly [number, number];
}

function wrap(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

const ACROSS = 16;
const UPWARDS = 9;

/** Steps across the visible half at one height, left silhouette to right, as angles. */
function visibleAngle(surface: Surface, height: number, share: number): number {
  return facingAngle(sectionAt(surface, height)) + (share - 0.5) * Math.PI;
}

/**
 * Lays the path of that part of a patch which the camera sees. Returns false where nothing of it is seen.
 */
export function tracePatch(context: Context, surface: Surface, patch: Patch): boolean {
  const middleHeight = (patch.bottom(0) + patch.top(0)) / 2;
  const facing = facingAngle(sectionAt(surface, middleHeight));
  let from = 0;
  let to = 1;
  if (patch.between !== undefined) {
    const [low, high] = patch.between;
    const centre = (low + high) / 2;
    const offset = wrap(centre - facing);
    const half = (high - low) / 2;
    from = Math.max(0, (offset - half) / Math.PI + 0.5);
    to = Math.min(1, (offset + half) / Math.PI + 0.5);
    if (from >= to) return false;
  }
  const points: Vector[] = [];
  const put = (share: number, level: number) => {
    const roughly = wrap(facing + (share - 0.5) * Math.PI);
    const height = lerp(patch.bottom(roughly), patch.top(roughly), level);
    const isInside = share > 0.001 && share < 0.999;
    const angle = isInside ? roughly : visibleAngle(surface, height, share);
    points.push(surfacePoint(surface, height, angle));
  };
  for (let step = 0; step <= ACROSS; step += 1) put(lerp(from, to, step / ACROSS), 0);
  for (let step = 1; step <= UPWARDS; step += 1) put(to, step / UPWARDS);
  for (let step = 1; step <= ACROSS; step += 1) put(lerp(to, from, step / ACROSS), 1);
  for (let step = 1; step < UPWARDS; step += 1) put(from, 1 - step / UPWARDS);
  context.beginPath();
  for (const [index, point] of points.entries()) {
    const { x, y } = see(point);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
  return true;
}

/** Middle, half width and direction across the surface in the picture, for its shading. */
export function surfaceSpan(surface: Surface): { x: number; y: number; reach: number; across: Vector } {
  const low = see((surface[0] as Section).centre);
  const high = see((surface[surface.length - 2] as Section).centre);
  const length = Math.max(1, Math.hypot(high.x - low.x, high.y - low.y));
  let reach = 0;
  for (const section of surface) {
    const facing = facingAngle(section);
    const left = see(
      pointIn(
        section.frame,
        section.centre,
        Math.sin(facing + Math.PI / 2) * section.halfWidth,
        0,
        Math.cos(facing + Math.PI / 2) * section.halfDepth,
      ),
    );
    const centre = see(section.centre);
    reach = Math.max(reach, Math.hypot(left.x - centre.x, left.y - centre.y));
  }
  return {
    x: (low.x + high.x) / 2,
    y: (low.y + high.y) / 2,
    reach,
    across: vector((low.y - high.y) / length, (high.x - low.x) / length, 0),
  };
}
