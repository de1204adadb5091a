import type { Role } from '../dance/move-plan.ts';
import type { Couple } from '../dance/performance.ts';
import type { Trailing } from '../dance/secondary-motion.ts';
import type { Arm, Dancer, Leg } from '../dance/skeleton.ts';
import { addScaled, mix, normalise, subtract, type Vector, vector } from '../maths/vector.ts';
import { see } from './camera.ts';
import { drawHead } from './head.ts';
import { drawLimb } from './limb.ts';
import { type Context, fillEdged, roundGradient, shade } from './paint.ts';
import { buildSkirt, drawSkirt } from './skirt.ts';
import { drawFollowTrunk, drawLeadHips, drawLeadTrunk, drawSash } from './trunk.ts';
import { FOLLOW_WARDROBE, LEAD_WARDROBE, type Wardrobe } from './wardrobe.ts';

interface Part {
  /** Metres from the camera: the farthest is drawn first. */
  readonly depth: number;
  readonly draw: () => void;
}

function depthOf(point: Vector): number {
  return see(point).depth;
}

function drawShoe(context: Context, leg: Leg, role: Role, wear: Wardrobe): void {
  const isHeeled = role === 'follow';
  const back = normalise(
    subtract(vector(leg.ball.x, 0, leg.ball.z), vector(leg.toe.x, 0, leg.toe.z)),
    vector(0, 0, 1),
  );
  const heelTop = addScaled(addScaled(leg.ankle, back, 0.03), vector(0, 1, 0), isHeeled ? -0.045 : -0.045);
  if (isHeeled) {
    const heelFoot = addScaled(
      addScaled(heelTop, vector(0, 1, 0), -0.088),
      subtract(leg.ball, leg.ankle),
      0.08,
    );
    const top = see(heelTop);
    const tip = see(heelFoot);
    context.strokeStyle = shade(wear.shoes, 0.4);
    context.lineWidth = 4;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(top.x, top.y);
    context.lineTo(tip.x, tip.y);
    context.stroke();
  }
  const lift = vector(0, 0.022, 0);
  const ball = addScaled(leg.ball, lift, 1);
  const toe = addScaled(leg.toe, lift, 0.75);
  drawLimb(context, {
    from: leg.ankle,
    to: heelTop,
    radii: isHeeled ? [0.03, 0.029, 0.026] : [0.04, 0.041, 0.036],
    material: isHeeled ? wear.skin : wear.legs,
  });
  drawLimb(context, {
    from: heelTop,
    to: ball,
    radii: isHeeled ? [0.025, 0.025, 0.03] : [0.037, 0.037, 0.036],
    material: isHeeled ? wear.skin : wear.shoes,
  });
  drawLimb(context, {
    from: ball,
    to: toe,
    radii: isHeeled ? [0.031, 0.029, 0.017] : [0.037, 0.036, 0.027],
    material: wear.shoes,
    isTip: true,
  });
}

function drawLeg(context: Context, leg: Leg, role: Role, wear: Wardrobe): void {
  drawShoe(context, leg, role, wear);
  const isLead = role === 'lead';
  const shinEnd = isLead ? addScaled(leg.ankle, vector(0, 1, 0), -0.02) : leg.ankle;
  drawLimb(context, {
    from: leg.knee,
    to: shinEnd,
    radii: isLead ? [0.062, 0.06, 0.055] : [0.05, 0.053, 0.031],
    material: wear.legs,
  });
  drawLimb(context, {
    from: leg.hip,
    to: leg.knee,
    radii: isLead ? [0.088, 0.08, 0.063] : [0.072, 0.068, 0.05],
    material: wear.legs,
  });
}

function drawHand(context: Context, arm: Arm, wear: Wardrobe, size: number): void {
  const along = normalise(subtract(arm.hand, arm.wrist));
  const tips = addScaled(arm.hand, along, 0.072 * size);
  drawLimb(context, {
    from: arm.wrist,
    to: arm.hand,
    radii: [0.027 * size, 0.036 * size, 0.034 * size],
    material: wear.skin,
  });
  drawLimb(context, {
    from: arm.hand,
    to: tips,
    radii: [0.033 * size, 0.029 * size, 0.016 * size],
    material: wear.skin,
    isTip: true,
  });
}

function drawForearm(context: Context, arm: Arm, role: Role, wear: Wardrobe): void {
  const isLead = role === 'lead';
  drawLimb(context, {
    from: arm.elbow,
    to: arm.wrist,
    radii: isLead ? [0.043, 0.043, 0.029] : [0.033, 0.033, 0.022],
    material: wear.skin,
  });
  drawHand(context, arm, wear, isLead ? 1.06 : 0.86);
  if (!isLead) return;
  // The rolled-up sleeve ends in a cuff below the elbow.
  drawLimb(context, {
    from: arm.elbow,
    to: mix(arm.elbow, arm.wrist, 0.2),
    radii: [0.05, 0.052, 0.051],
    material: wear.top,
  });
}

function drawUpperArm(context: Context, arm: Arm, role: Role, wear: Wardrobe): void {
  const isLead = role === 'lead';
  drawLimb(context, {
    from: arm.shoulder,
    to: arm.elbow,
    radii: isLead ? [0.066, 0.058, 0.049] : [0.047, 0.041, 0.033],
    material: isLead ? wear.top : wear.skin,
  });
}

function drawHair(context: Context, hair: readonly Vector[], wear: Wardrobe): void {
  const widths = [0.034, 0.06, 0.066, 0.058, 0.042, 0.012];
  const left: { x: number; y: number }[] = [];
  const right: { x: number; y: number }[] = [];
  const seen = hair.map(see);
  for (const [index, here] of seen.entries()) {
    const before = seen[Math.max(0, index - 1)] as typeof here;
    const after = seen[Math.min(seen.length - 1, index + 1)] as typeof here;
    const size = Math.max(1e-3, Math.hypot(after.x - before.x, after.y - before.y));
    const half = (widths[index] ?? 0.03) * here.size;
    const across = { x: (-(after.y - before.y) / size) * half, y: ((after.x - before.x) / size) * half };
    left.push({ x: here.x + across.x, y: here.y + across.y });
    right.push({ x: here.x - across.x, y: here.y - across.y });
  }
  const outline = [...left, ...right.reverse()];
  context.beginPath();
  for (let index = 0; index <= outline.length; index += 1) {
    const here = outline[index % outline.length] as { x: number; y: number };
    const next = outline[(index + 1) % outline.length] as { x: number; y: number };
    const x = (here.x + next.x) / 2;
    const y = (here.y + next.y) / 2;
    if (index === 0) context.moveTo(x, y);
    else context.quadraticCurveTo(here.x, here.y, x, y);
  }
  context.closePath();
  const middle = seen[2] as (typeof seen)[number];
  fillEdged(
    context,
    roundGradient(
      context,
      wear.hair,
      { x: middle.x, y: middle.y, reach: 0.075 * middle.size },
      { x: 1, y: 0 },
    ),
    wear.hair,
  );
  context.strokeStyle = shade(wear.hair, 0.85);
  context.globalAlpha = 0.35;
  context.lineWidth = 2;
  context.beginPath();
  for (const [index, point] of seen.entries()) {
    const x = point.x - 0.018 * point.size * Math.sin((index / 5) * Math.PI);
    if (index === 0) context.moveTo(x, point.y);
    else context.lineTo(x, point.y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function armParts(context: Context, arm: Arm, role: Role, wear: Wardrobe): Part[] {
  return [
    // The shoulder end joins the trunk; the elbow end decides what the arm passes in front of.
    {
      depth: depthOf(mix(arm.shoulder, arm.elbow, 0.6)) - 0.02,
      draw: () => drawUpperArm(context, arm, role, wear),
    },
    {
      depth: depthOf(mix(arm.elbow, arm.hand, 0.6)) - 0.05,
      draw: () => drawForearm(context, arm, role, wear),
    },
  ];
}

function legsInOrder(dancer: Dancer): [Leg, Leg] {
  return depthOf(dancer.leftLeg.knee) > depthOf(dancer.rightLeg.knee)
    ? [dancer.leftLeg, dancer.rightLeg]
    : [dancer.rightLeg, dancer.leftLeg];
}

function leadParts(context: Context, dancer: Dancer): Part[] {
  const wear = LEAD_WARDROBE;
  const trunk = depthOf(dancer.ribs);
  const [far, near] = legsInOrder(dancer);
  return [
    {
      depth: Math.max(depthOf(dancer.pelvis), trunk) + 0.01,
      draw: () => {
        drawLeadHips(context, dancer, wear);
        drawLeg(context, far, 'lead', wear);
        drawLeg(context, near, 'lead', wear);
      },
    },
    { depth: trunk, draw: () => drawLeadTrunk(context, dancer, wear) },
    {
      depth: Math.min(trunk - 0.01, depthOf(dancer.head)),
      draw: () => drawHead(context, dancer, 'lead', wear),
    },
    ...armParts(context, dancer.leftArm, 'lead', wear),
    ...armParts(context, dancer.rightArm, 'lead', wear),
  ];
}

function followParts(context: Context, dancer: Dancer, trailing: Trailing): Part[] {
  const wear = FOLLOW_WARDROBE;
  const trunk = depthOf(dancer.ribs);
  const [far, near] = legsInOrder(dancer);
  const skirt = buildSkirt(dancer, trailing);
  const head = Math.min(trunk - 0.01, depthOf(dancer.head));
  return [
    {
      depth: Math.max(depthOf(dancer.pelvis), trunk) + 0.01,
      draw: () => {
        drawSkirt(context, skirt, wear.top, 'far');
        drawLeg(context, far, 'follow', wear);
        drawLeg(context, near, 'follow', wear);
      },
    },
    {
      depth: trunk,
      draw: () => {
        drawFollowTrunk(context, dancer, wear);
        drawSkirt(context, skirt, wear.top, 'near');
        drawSash(context, dancer, wear);
      },
    },
    { depth: head, draw: () => drawHead(context, dancer, 'follow', wear) },
    { depth: depthOf(trailing.hair[2] as Vector), draw: () => drawHair(context, trailing.hair, wear) },
    ...armParts(context, dancer.leftArm, 'follow', wear),
    ...armParts(context, dancer.rightArm, 'follow', wear),
  ];
}

/** Draws both dancers, the farther parts first. */
export function drawCouple(context: Context, couple: Couple, trailing: Trailing): void {
  const parts = [...leadParts(context, couple.lead), ...followParts(context, couple.follow, trailing)];
  parts.sort((a, b) => b.depth - a.depth);
  for (const part of parts) part.draw();
}
