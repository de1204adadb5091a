import { pointIn } from '../dance/frame.ts';
import type { Dancer } from '../dance/skeleton.ts';
import type { Vector } from '../maths/vector.ts';
import { drawLimb } from './limb.ts';
import { type Context, fillEdged, type Material, roundGradient, shade } from './paint.ts';
import { type Patch, type Section, type Surface, surfaceSpan, tracePatch } from './surface.ts';
import type { Wardrobe } from './wardrobe.ts';

type SectionShape = readonly [
  part: 'pelvis' | 'ribs' | 'neck',
  up: number,
  ahead: number,
  halfWidth: number,
  halfDepth: number,
];

/** Crotch, hip, belt, waist, lower ribs, chest, shoulders, collar. */
const LEAD_SHAPE: readonly SectionShape[] = [
  ['pelvis', -0.1, -0.01, 0.148, 0.105],
  ['pelvis', -0.02, -0.01, 0.158, 0.112],
  ['pelvis', 0.09, 0, 0.148, 0.105],
  ['ribs', -0.03, 0.004, 0.146, 0.102],
  ['ribs', 0.07, 0.012, 0.164, 0.118],
  ['neck', -0.11, 0.004, 0.188, 0.124],
  ['neck', -0.03, -0.01, 0.168, 0.088],
  ['neck', 0.035, 0.004, 0.064, 0.06],
];
const FOLLOW_SHAPE: readonly SectionShape[] = [
  ['pelvis', -0.1, -0.02, 0.15, 0.118],
  ['pelvis', -0.02, -0.018, 0.165, 0.126],
  ['pelvis', 0.09, 0, 0.13, 0.098],
  ['ribs', -0.05, 0.006, 0.112, 0.084],
  ['ribs', 0.05, 0.016, 0.13, 0.104],
  ['neck', -0.12, 0.016, 0.15, 0.116],
  ['neck', -0.04, -0.006, 0.132, 0.07],
  ['neck', 0.03, 0.006, 0.045, 0.044],
];

function surfaceOf(dancer: Dancer, shape: readonly SectionShape[]): Surface {
  return shape.map(([part, up, ahead, halfWidth, halfDepth]): Section => {
    const frame = part === 'pelvis' ? dancer.pelvisFrame : dancer.chestFrame;
    const origin = part === 'pelvis' ? dancer.pelvis : part === 'ribs' ? dancer.ribs : dancer.neck;
    return { centre: pointIn(frame, origin, 0, up, ahead), frame, halfWidth, halfDepth };
  });
}

function drawPatch(context: Context, surface: Surface, patch: Patch, material: Material, edge = 1.1): void {
  if (!tracePatch(context, surface, patch)) return;
  const span = surfaceSpan(surface);
  fillEdged(context, roundGradient(context, material, span, span.across), material, edge);
}

function drawNeck(context: Context, dancer: Dancer, wear: Wardrobe, radius: number): void {
  const base = pointIn(dancer.chestFrame, dancer.neck, 0, -0.03, -0.005);
  const top: Vector = pointIn(dancer.headFrame, dancer.skull, 0, 0.045, 0.0);
  drawLimb(context, {
    from: base,
    to: top,
    radii: [radius * 1.12, radius, radius * 1.02],
    material: wear.skin,
  });
}

/** The seat of the trousers, from which the legs come. */
export function drawLeadHips(context: Context, dancer: Dancer, wear: Wardrobe): void {
  drawPatch(context, surfaceOf(dancer, LEAD_SHAPE), { bottom: () => 0, top: () => 2.1 }, wear.legs);
}

/** Shirt, open collar and waistcoat. */
export function drawLeadTrunk(context: Context, dancer: Dancer, wear: Wardrobe): void {
  const surface = surfaceOf(dancer, LEAD_SHAPE);
  drawNeck(context, dancer, wear, 0.053);
  drawPatch(context, surface, { bottom: () => 1.9, top: () => 6.75 }, wear.top);
  const opening = (angle: number) => Math.max(0, 1 - Math.abs(angle) / 0.62);
  drawPatch(
    context,
    surface,
    { bottom: (angle) => 6.75 - 1.75 * opening(angle), top: () => 6.8, between: [-0.62, 0.62] },
    wear.skin,
    0.8,
  );
  // The waistcoat leaves the arms free and opens in a deep V.
  const neckline = (angle: number) => {
    const front = Math.abs(angle);
    return front < 0.85
      ? 4.1 + 2.3 * (front / 0.85)
      : front < 1.9
        ? 6.4 - 1.9 * Math.sin(((front - 0.85) / 1.05) * Math.PI)
        : 6.45;
  };
  drawPatch(
    context,
    surface,
    { bottom: (angle) => 1.45 - 0.35 * Math.max(0, Math.cos(angle)), top: neckline },
    wear.second,
  );
  if (tracePatch(context, surface, { bottom: () => 1.7, top: () => 4.1, between: [-0.025, 0.025] })) {
    context.fillStyle = shade(wear.second, 0.05);
    context.fill();
  }
}

/** Bare shoulders, a bodice with straps, low at the back, and the sash. */
export function drawFollowTrunk(context: Context, dancer: Dancer, wear: Wardrobe): void {
  const surface = surfaceOf(dancer, FOLLOW_SHAPE);
  drawNeck(context, dancer, wear, 0.04);
  drawPatch(context, surface, { bottom: () => 2.6, top: () => 6.85 }, wear.skin);
  const neckline = (angle: number) => {
    const front = Math.cos(angle);
    const heart = 0.3 * Math.exp(-((Math.abs(angle) - 0.5) ** 2) / 0.08);
    return 4.72 + heart + 0.2 * front - (front < 0 ? -front * 1.5 : 0);
  };
  drawPatch(context, surface, { bottom: () => 1.2, top: neckline }, wear.top);
  for (const side of [1, -1]) {
    const centre = side * 0.52;
    drawPatch(
      context,
      surface,
      { bottom: () => 4.9, top: () => 6.5, between: [centre - 0.07, centre + 0.07] },
      wear.top,
      0.6,
    );
    const behind = side * 2.55;
    drawPatch(
      context,
      surface,
      { bottom: () => 3.3, top: () => 6.5, between: [behind - 0.06, behind + 0.06] },
      wear.top,
      0.6,
    );
  }
}

/** A sash about the waist, drawn over the skirt's top. */
export function drawSash(context: Context, dancer: Dancer, wear: Wardrobe): void {
  drawPatch(
    context,
    surfaceOf(dancer, FOLLOW_SHAPE),
    { bottom: (angle) => 1.72 + 0.12 * Math.sin(angle), top: (angle) => 2.3 + 0.12 * Math.sin(angle) },
    wear.second,
    0.8,
  );
}
