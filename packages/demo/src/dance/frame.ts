import { add, addScaled, scale, type Vector, vector } from '../maths/vector.ts';

/** A body part's axes, each of unit length and square to each other. */
export interface Frame {
  readonly left: Vector;
  readonly up: Vector;
  readonly ahead: Vector;
}

/** Axes of a part that faces `yaw`, bows forward by `pitch` and lifts its left side by `roll`; radians. */
export function buildFrame(yaw: number, pitch: number, roll: number): Frame {
  const flatLeft = vector(Math.cos(yaw), 0, -Math.sin(yaw));
  const flatAhead = vector(Math.sin(yaw), 0, Math.cos(yaw));
  const ahead = vector(flatAhead.x * Math.cos(pitch), -Math.sin(pitch), flatAhead.z * Math.cos(pitch));
  const up = vector(flatAhead.x * Math.sin(pitch), Math.cos(pitch), flatAhead.z * Math.sin(pitch));
  return {
    left: addScaled(scale(flatLeft, Math.cos(roll)), up, Math.sin(roll)),
    up: addScaled(scale(up, Math.cos(roll)), flatLeft, -Math.sin(roll)),
    ahead,
  };
}

/** The point at (left, up, ahead) metres from `origin` along the frame's axes. */
export function pointIn(frame: Frame, origin: Vector, left: number, up: number, ahead: number): Vector {
  return add(addScaled(addScaled(origin, frame.left, left), frame.up, up), scale(frame.ahead, ahead));
}
