import { type Frame, pointIn } from '../dance/frame.ts';
import type { Role } from '../dance/move-plan.ts';
import type { Dancer } from '../dance/skeleton.ts';
import { dot, normalise, type Vector, vector } from '../maths/vector.ts';
import { inView, type Seen, see, towardsCamera } from './camera.ts';
import { type Context, fillEdged, roundGradient, shade } from './paint.ts';
import type { Wardrobe } from './wardrobe.ts';

interface Head {
  readonly frame: Frame;
  readonly centre: Vector;
  readonly view: Vector;
  /** Size against the standard head. */
  readonly size: number;
  readonly role: Role;
  readonly wear: Wardrobe;
}

/** A ball in head axes (left, up, ahead) and its radius; the head is the hull of a few. */
type Ball = readonly [number, number, number, number];

const SKULL: readonly Ball[] = [
  [0, 0.03, -0.012, 0.088],
  [0, -0.01, 0.018, 0.072],
  [0, -0.062, 0.03, 0.05],
  [0, -0.096, 0.05, 0.024],
];
const LEAD_HAIR: readonly Ball[] = [
  [0, 0.043, -0.016, 0.093],
  [0, 0.07, 0.022, 0.065],
  [0, -0.03, -0.05, 0.06],
];
const FOLLOW_HAIR: readonly Ball[] = [
  [0, 0.04, -0.018, 0.096],
  [0, 0.055, 0.012, 0.076],
  [0, 0.02, -0.055, 0.075],
];

function at(head: Head, left: number, up: number, ahead: number): Vector {
  return pointIn(head.frame, head.centre, left * head.size, up * head.size, ahead * head.size);
}

const ROUND = 14;

function hullOf(head: Head, balls: readonly Ball[]): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = [];
  for (const [left, up, ahead, radius] of balls) {
    const centre = see(at(head, left, up, ahead));
    const reach = radius * head.size * centre.size;
    for (let step = 0; step < ROUND; step += 1) {
      const angle = (step / ROUND) * 2 * Math.PI;
      points.push({ x: centre.x + Math.cos(angle) * reach, y: centre.y + Math.sin(angle) * reach });
    }
  }
  return convexHull(points);
}

/** Andrew's monotone chain (1979). */
function convexHull(points: { x: number; y: number }[]): { x: number; y: number }[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const chain = (list: { x: number; y: number }[]) => {
    const out: { x: number; y: number }[] = [];
    for (const point of list) {
      while (out.length >= 2) {
        const a = out[out.length - 2] as { x: number; y: number };
        const b = out[out.length - 1] as { x: number; y: number };
        if ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0) break;
        out.pop();
      }
      out.push(point);
    }
    out.pop();
    return out;
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

/** A closed curve through the middles of the hull's sides: round, without corners. */
function traceRound(context: Context, hull: readonly { x: number; y: number }[]): void {
  context.beginPath();
  for (let index = 0; index <= hull.length; index += 1) {
    const here = hull[index % hull.length] as Seen;
    const next = hull[(index + 1) % hull.length] as Seen;
    const x = (here.x + next.x) / 2;
    const y = (here.y + next.y) / 2;
    if (index === 0) context.moveTo(x, y);
    else context.quadraticCurveTo(here.x, here.y, x, y);
  }
  context.closePath();
}

/** The edge of the face: hairline, temples, cheeks, jaw; mirrored for the other half. */
const LEAD_FACE: readonly (readonly [number, number, number])[] = [
  [0, 0.082, 0.08],
  [0.035, 0.084, 0.07],
  [0.062, 0.066, 0.055],
  [0.07, 0.03, 0.052],
  [0.079, 0.0, 0.024],
  [0.072, -0.05, 0.01],
  [0.05, -0.1, 0.03],
  [0.0, -0.15, 0.05],
];
const FOLLOW_FACE: readonly (readonly [number, number, number])[] = [
  [0.006, 0.086, 0.075],
  [0.045, 0.066, 0.066],
  [0.066, 0.034, 0.05],
  [0.074, 0.0, 0.03],
  [0.07, -0.045, 0.012],
  [0.06, -0.1, 0.0],
  [0.0, -0.16, 0.03],
];

/** The face's edge in the picture; points on the far side are moved far out to the side that the face looks to. */
function faceEdge(head: Head): { x: number; y: number }[] {
  const half = head.role === 'lead' ? LEAD_FACE : FOLLOW_FACE;
  const ring = [...half, ...[...half].reverse().map(([left, up, ahead]) => [-left, up, ahead] as const)];
  const looksRight = inView(head.frame.ahead).x >= 0 ? 1 : -1;
  return ring.map(([left, up, ahead]) => {
    const seen = see(at(head, left, up, ahead));
    const normal = normalise(
      vector(
        head.frame.left.x * left + head.frame.up.x * up * 0.6 + head.frame.ahead.x * ahead,
        head.frame.left.y * left + head.frame.up.y * up * 0.6 + head.frame.ahead.y * ahead,
        head.frame.left.z * left + head.frame.up.z * up * 0.6 + head.frame.ahead.z * ahead,
      ),
    );
    const isFar = dot(normal, head.view) < 0;
    return isFar ? { x: seen.x + looksRight * 80, y: seen.y } : { x: seen.x, y: seen.y };
  });
}

function isFaceSeen(head: Head): boolean {
  return (
    Math.max(
      dot(normalise(addAxes(head, 0.9, 0.43)), head.view),
      dot(normalise(addAxes(head, -0.9, 0.43)), head.view),
    ) > 0.03 && dot(head.frame.ahead, head.view) > -0.4
  );
}

function addAxes(head: Head, left: number, ahead: number): Vector {
  return vector(
    head.frame.left.x * left + head.frame.ahead.x * ahead,
    head.frame.left.y * left + head.frame.ahead.y * ahead,
    head.frame.left.z * left + head.frame.ahead.z * ahead,
  );
}

function drawEye(context: Context, head: Head, side: number, isClosed: boolean): void {
  const outward = addAxes(head, side * 0.36, 0.93);
  const facing = dot(outward, head.view);
  if (facing < 0.12) return;
  const eye = see(at(head, side * 0.033, 0.006, 0.083));
  const brow = see(at(head, side * 0.035, 0.031, 0.083));
  const tilt = Math.atan2(inView(head.frame.left).y, Math.abs(inView(head.frame.left).x) + 0.3) * -1;
  const width = 0.0155 * head.size * eye.size * Math.max(0.35, facing);
  const height = 0.0085 * head.size * eye.size;
  context.save();
  context.translate(eye.x, eye.y);
  context.rotate(tilt);
  if (!isClosed) {
    context.fillStyle = '#f6e9df';
    context.beginPath();
    context.ellipse(0, 0, width, height * 0.8, 0, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#2a1410';
    context.beginPath();
    context.ellipse(
      inView(head.frame.ahead).x * width * 0.35,
      0,
      Math.min(width, height * 0.85),
      height * 0.85,
      0,
      0,
      2 * Math.PI,
    );
    context.fill();
  }
  context.strokeStyle = '#20100e';
  context.lineCap = 'round';
  context.lineWidth = head.role === 'follow' ? 2.1 : 1.5;
  context.beginPath();
  if (isClosed) context.ellipse(0, -height * 0.2, width * 1.1, height, 0, 0.15 * Math.PI, 0.85 * Math.PI);
  else context.ellipse(0, height * 0.35, width * 1.15, height * 1.25, 0, 1.12 * Math.PI, 1.88 * Math.PI);
  context.stroke();
  context.restore();
  context.strokeStyle = shade(head.wear.hair, 0.3);
  context.lineWidth = head.role === 'follow' ? 1.6 : 2.4;
  context.beginPath();
  context.moveTo(brow.x - width * 1.15, brow.y + 1.4);
  context.quadraticCurveTo(brow.x, brow.y - 2.4, brow.x + width * 1.15, brow.y + 1.2);
  context.stroke();
}

function drawNose(context: Context, head: Head): void {
  const looks = inView(head.frame.ahead).x;
  const bridge = see(at(head, 0, 0.022, 0.09));
  const tip = see(at(head, 0, -0.022, 0.113));
  const base = see(at(head, 0, -0.032, 0.09));
  context.beginPath();
  context.moveTo(bridge.x, bridge.y);
  context.quadraticCurveTo((bridge.x + tip.x) / 2 + looks, (bridge.y + tip.y) / 2, tip.x, tip.y);
  context.quadraticCurveTo(tip.x, base.y, base.x, base.y);
  context.closePath();
  context.fillStyle = shade(head.wear.skin, 0.62);
  context.fill();
  context.strokeStyle = shade(head.wear.skin, 0.22);
  context.lineWidth = 1.2;
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  context.quadraticCurveTo(tip.x, base.y + 0.5, base.x, base.y);
  context.stroke();
}

function drawFeatures(context: Context, head: Head): void {
  const ahead = dot(head.frame.ahead, head.view);
  const isDreamy = head.role === 'follow';
  drawEye(context, head, 1, isDreamy && ahead < 0.2);
  drawEye(context, head, -1, isDreamy && ahead < 0.2);
  if (ahead < 0.02) return;
  const left = see(at(head, 0.023, -0.053, 0.077));
  const right = see(at(head, -0.023, -0.053, 0.077));
  const middle = see(at(head, 0, -0.057, 0.094));
  const lower = see(at(head, 0, -0.068, 0.09));
  context.beginPath();
  context.moveTo(left.x, left.y);
  context.quadraticCurveTo(middle.x, middle.y - 1.5, right.x, right.y);
  context.quadraticCurveTo(lower.x, lower.y + 1.5, left.x, left.y);
  context.fillStyle = head.wear.lips;
  context.fill();
}

function drawBeard(context: Context, head: Head, hull: readonly { x: number; y: number }[]): void {
  const edge = [
    [0.083, -0.012, 0.022],
    [0.07, -0.042, 0.045],
    [0.034, -0.04, 0.082],
    [0, -0.036, 0.096],
    [-0.034, -0.04, 0.082],
    [-0.07, -0.042, 0.045],
    [-0.083, -0.012, 0.022],
  ] as const;
  context.save();
  traceRound(context, hull);
  context.clip();
  const points = edge.map(([left, up, ahead]) => see(at(head, left, up, ahead)));
  const last = points[points.length - 1] as Seen;
  const first = points[0] as Seen;
  context.beginPath();
  for (const [index, point] of points.entries()) {
    if (index === 0) context.moveTo(point.x, point.y);
    else context.lineTo(point.x, point.y);
  }
  context.lineTo(last.x + (last.x - first.x) * 0.2, last.y + 60);
  context.lineTo(first.x - (last.x - first.x) * 0.2, first.y + 60);
  context.closePath();
  context.globalAlpha = 0.5;
  context.fillStyle = shade(head.wear.hair, 0.45);
  context.fill();
  context.restore();
}

/** Draws head, face and the hair on the skull. */
export function drawHead(context: Context, dancer: Dancer, role: Role, wear: Wardrobe): void {
  const size = role === 'lead' ? 1.04 : 0.97;
  const head: Head = {
    frame: dancer.headFrame,
    centre: dancer.head,
    view: towardsCamera(dancer.head),
    size,
    role,
    wear,
  };
  const centre = see(dancer.head);
  const across = { x: 1, y: 0 };
  const skull = hullOf(head, SKULL);
  const span = { x: centre.x, y: centre.y, reach: 0.1 * size * centre.size };
  const seen = isFaceSeen(head);
  // In a profile turned away the nose comes out from behind the cheek.
  const isNoseBehind = dot(head.frame.ahead, head.view) < 0.05;
  if (seen && isNoseBehind) drawNose(context, head);
  traceRound(context, skull);
  fillEdged(context, roundGradient(context, wear.skin, span, across), wear.skin);
  if (seen && !isNoseBehind) drawNose(context, head);
  if (seen && role === 'lead' && dot(head.frame.ahead, head.view) > 0.12) drawBeard(context, head, skull);
  if (seen) drawFeatures(context, head);
  const hair = hullOf(head, role === 'lead' ? LEAD_HAIR : FOLLOW_HAIR);
  context.save();
  traceRound(context, hair);
  context.clip();
  context.beginPath();
  if (seen) {
    const edge = faceEdge(head);
    const first = edge[0] as { x: number; y: number };
    context.moveTo(first.x, first.y);
    for (const point of edge.slice(1)) context.lineTo(point.x, point.y);
    context.closePath();
  }
  context.rect(centre.x - 200, centre.y - 200, 400, 400);
  context.fillStyle = roundGradient(context, wear.hair, span, { x: 0.8, y: -0.6 });
  context.fill('evenodd');
  context.restore();
  drawEars(context, head);
}

function drawEars(context: Context, head: Head): void {
  for (const side of [1, -1]) {
    if (dot(head.frame.left, head.view) * side < 0.25) continue;
    const ear = see(at(head, side * 0.083, -0.008, 0.0));
    const width = 0.017 * head.size * ear.size * Math.abs(dot(head.frame.left, head.view));
    context.beginPath();
    context.ellipse(ear.x, ear.y, Math.max(2, width), 0.026 * head.size * ear.size, 0, 0, 2 * Math.PI);
    fillEdged(context, shade(head.wear.skin, 0.5), head.wear.skin, 1);
    if (head.role === 'lead') continue;
    context.fillStyle = '#ffdf8a';
    context.beginPath();
    context.arc(ear.x, ear.y + 0.036 * ear.size, 2.6, 0, 2 * Math.PI);
    context.fill();
  }
}
