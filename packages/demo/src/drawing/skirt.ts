import { pointIn } from '../dance/frame.ts';
import type { Trailing } from '../dance/secondary-motion.ts';
import type { Dancer } from '../dance/skeleton.ts';
import { lerp } from '../maths/curve.ts';
import { cross, dot, mix, normalise, subtract, type Vector, vector } from '../maths/vector.ts';
import { inView, see, towardsCamera } from './camera.ts';
import { type Context, lightOn, type Material, shade } from './paint.ts';

const PANELS = 44;
const LEVELS = 3;
const LENGTH = 0.5;
/** Metres from the spine to which a raised knee lifts the cloth; beyond it the leg comes out under the hem. */
const MOST_PUSH = 0.36;

/** Rings of the skirt from the hips to the hem; each has PANELS + 1 points, the last the same as the first. */
export type SkirtMesh = readonly (readonly Vector[])[];

interface KneePush {
  readonly angle: number;
  readonly reach: number;
}

/** Where the legs press against the cloth at one height. */
function kneePushes(dancer: Dancer, centre: Vector, height: number): KneePush[] {
  const pushes: KneePush[] = [];
  for (const leg of [dancer.leftLeg, dancer.rightLeg]) {
    for (const share of [0.18, 0.35, 0.7, 1]) {
      const point = mix(leg.hip, leg.knee, share);
      // A knee lifted above this height still holds the cloth up and out.
      if (point.y < height - 0.1) continue;
      pushes.push({
        angle: Math.atan2(point.x - centre.x, point.z - centre.z),
        reach: Math.hypot(point.x - centre.x, point.z - centre.z) + 0.05 + 0.035 * share,
      });
    }
    const shin =
      leg.knee.y > height
        ? mix(leg.knee, leg.ankle, (leg.knee.y - height) / Math.max(0.05, leg.knee.y - leg.ankle.y))
        : leg.knee;
    pushes.push({
      angle: Math.atan2(shin.x - centre.x, shin.z - centre.z),
      reach: Math.hypot(shin.x - centre.x, shin.z - centre.z) + 0.07,
    });
  }
  return pushes;
}

/** Builds the cloth: hung from the hips, pushed out by the legs, swung by the turn. */
export function buildSkirt(dancer: Dancer, trailing: Trailing): SkirtMesh {
  const rings: Vector[][] = [];
  const drop = LENGTH * Math.cos(trailing.skirtFlare * 1.25);
  for (let level = 0; level <= LEVELS; level += 1) {
    const share = level / LEVELS;
    const ring: Vector[] = [];
    const height = dancer.pelvis.y + 0.06 - share * drop;
    const centre = vector(
      dancer.pelvis.x + trailing.skirtSway.x * share ** 1.5,
      height,
      dancer.pelvis.z + trailing.skirtSway.z * share ** 1.5,
    );
    const pushes = level < 1 ? [] : kneePushes(dancer, centre, height);
    for (let panel = 0; panel <= PANELS; panel += 1) {
      const angle = ((panel % PANELS) / PANELS) * 2 * Math.PI;
      const world = angle + lerp(dancer.yaw, trailing.skirtYaw, share);
      if (level === 0) {
        ring.push(
          pointIn(
            dancer.pelvisFrame,
            dancer.pelvis,
            Math.sin(angle) * 0.152,
            0.07,
            Math.cos(angle) * 0.112 - 0.012,
          ),
        );
        continue;
      }
      const hips = Math.hypot(Math.sin(angle) * 0.175, Math.cos(angle) * 0.148);
      const fold = Math.sin(angle * 9) * 0.026 * share ** 1.6 + Math.sin(angle * 5 + 1) * 0.012 * share;
      const flare = 0.11 * share + Math.sin(trailing.skirtFlare * 1.25) * LENGTH * share * 0.95;
      let radius = hips + flare + fold;
      for (const push of pushes) {
        const apart = Math.abs(Math.atan2(Math.sin(world - push.angle), Math.cos(world - push.angle)));
        if (apart < 0.9)
          radius = Math.max(
            radius,
            Math.min(push.reach, MOST_PUSH) * Math.cos(apart * 1.4) ** 0.8 + fold * 0.6,
          );
      }
      // The hem is cut higher on the left: it shows the leg and swings.
      const cut = level === LEVELS ? 0.075 * Math.sin(angle + 0.6) : 0;
      ring.push(
        vector(centre.x + Math.sin(world) * radius, height + cut, centre.z + Math.cos(world) * radius),
      );
    }
    rings.push(ring);
  }
  return rings;
}

/** Draws either the inside of the cloth's far half or the outside of its near half. */
export function drawSkirt(context: Context, mesh: SkirtMesh, material: Material, half: 'far' | 'near'): void {
  const hem = mesh[LEVELS] as readonly Vector[];
  const waist = mesh[0] as readonly Vector[];
  context.lineJoin = 'round';
  for (let panel = 0; panel < PANELS; panel += 1) {
    const a = hem[panel] as Vector;
    const b = hem[panel + 1] as Vector;
    const top = waist[panel] as Vector;
    const outward = normalise(cross(subtract(b, a), subtract(top, a)));
    const isNear = dot(outward, towardsCamera(mix(a, b, 0.5))) > 0;
    if (isNear !== (half === 'near')) continue;
    const light = half === 'near' ? lightOn(inView(outward)) : 0.1;
    const colour = shade(material, light);
    context.beginPath();
    for (let level = 0; level <= LEVELS; level += 1) {
      const point = see((mesh[level] as readonly Vector[])[panel] as Vector);
      if (level === 0) context.moveTo(point.x, point.y);
      else context.lineTo(point.x, point.y);
    }
    for (let level = LEVELS; level >= 0; level -= 1) {
      const point = see((mesh[level] as readonly Vector[])[panel + 1] as Vector);
      context.lineTo(point.x, point.y);
    }
    context.closePath();
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.fill();
    context.stroke();
  }
}
