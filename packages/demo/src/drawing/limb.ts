import type { Vector } from '../maths/vector.ts';
import { see } from './camera.ts';
import { type Context, type Material, roundGradient } from './paint.ts';

export interface Limb {
  readonly from: Vector;
  readonly to: Vector;
  /** Radii in metres at the start, in the middle and at the end. */
  readonly radii: readonly [number, number, number];
  readonly material: Material;
  /** True where the far end is free (a fingertip): its edge is drawn round. */
  readonly isTip?: boolean;
}

/** Draws one round, tapered limb with its muscle in the middle. */
export function drawLimb(context: Context, limb: Limb): void {
  const from = see(limb.from);
  const to = see(limb.to);
  const [startRadius, middleRadius, endRadius] = limb.radii;
  const start = startRadius * from.size;
  const middle = middleRadius * (from.size + to.size) * 0.5;
  const end = endRadius * to.size;
  const length = Math.max(1e-3, Math.hypot(to.x - from.x, to.y - from.y));
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const across = { x: -along.y, y: along.x };
  const angle = Math.atan2(across.y, across.x);
  // Control points chosen so that the curve passes the middle at its radius.
  const control = 2 * middle - (start + end) / 2;
  const midX = (from.x + to.x) / 2;
  const midY = (from.y + to.y) / 2;
  context.beginPath();
  context.arc(from.x, from.y, start, angle, angle + Math.PI);
  context.quadraticCurveTo(
    midX - across.x * control,
    midY - across.y * control,
    to.x - across.x * end,
    to.y - across.y * end,
  );
  context.arc(to.x, to.y, end, angle + Math.PI, angle + 2 * Math.PI);
  context.quadraticCurveTo(
    midX + across.x * control,
    midY + across.y * control,
    from.x + across.x * start,
    from.y + across.y * start,
  );
  context.closePath();
  const reach = Math.max(start, middle, end);
  context.fillStyle = roundGradient(context, limb.material, { x: midX, y: midY, reach }, across);
  context.fill();
  // Only the sides get an edge: joints stay smooth.
  context.beginPath();
  context.moveTo(from.x - across.x * start, from.y - across.y * start);
  context.quadraticCurveTo(
    midX - across.x * control,
    midY - across.y * control,
    to.x - across.x * end,
    to.y - across.y * end,
  );
  if (limb.isTip === true) context.arc(to.x, to.y, end, angle + Math.PI, angle + 2 * Math.PI);
  else context.moveTo(to.x + across.x * end, to.y + across.y * end);
  context.quadraticCurveTo(
    midX + across.x * control,
    midY + across.y * control,
    from.x + across.x * start,
    from.y + across.y * start,
  );
  context.strokeStyle = limb.material.outline;
  context.lineWidth = 1.2;
  context.stroke();
}
