import {
  add,
  addScaled,
  distance,
  mix,
  normalise,
  scale,
  subtract,
  type Vector,
  vector,
} from '../maths/vector.ts';
import { type Body, FOLLOW_BODY, LEAD_BODY } from './body.ts';
import { pointIn } from './frame.ts';
import { type HandTargetName, HELD_TARGETS } from './hand-target-names.ts';
import type { Role, Side } from './move-plan.ts';
import type { Trunk } from './skeleton.ts';

export interface HandScene {
  readonly role: Role;
  readonly side: Side;
  readonly own: Trunk;
  readonly partner: Trunk;
  readonly lead: Trunk;
  readonly follow: Trunk;
  readonly count: number;
}

export interface HandPoint {
  readonly at: Vector;
  /** The side to which the elbow bends. */
  readonly elbow: Vector;
}

/** +1 for the pair of hands on the lead's left (follow's right), -1 for the other pair. */
function pairSign(scene: HandScene): number {
  return (scene.role === 'lead') === (scene.side === 'left') ? 1 : -1;
}

/** Axes of the couple as they stand: the way from lead to follow, and to the lead's left. */
function coupleAxes(scene: HandScene): { middle: Vector; ahead: Vector; left: Vector; floor: number } {
  const between = subtract(scene.follow.ribs, scene.lead.ribs);
  const ahead = normalise(vector(between.x, 0, between.z));
  return {
    middle: mix(scene.lead.ribs, scene.follow.ribs, 0.5),
    ahead,
    left: vector(ahead.z, 0, -ahead.x),
    floor: (scene.lead.ribs.y + scene.follow.ribs.y) / 2,
  };
}

function heldWish(scene: HandScene, name: HandTargetName): Vector {
  const { middle, left, floor } = coupleAxes(scene);
  const sign = pairSign(scene);
  const at = (aside: number, height: number) => {
    const point = addScaled(middle, left, aside * sign);
    return vector(point.x, floor + height, point.z);
  };
  const { follow } = scene;
  switch (name) {
    case 'clasp':
      return at(0.42, 0.17);
    case 'low':
      return at(0.2, -0.13);
    case 'wide':
      return at(0.5, 0.1);
    case 'heart':
      return at(0.07, 0.12);
    case 'overhead': {
      const above = mix(follow.head, scene.lead.head, 0.22);
      return vector(above.x, follow.head.y + 0.27, above.z);
    }
    default:
      // hammer: the held hand lies on the small of the follow's back.
      return pointIn(follow.waistFrame, follow.pelvis, -sign * 0.08, 0.13, -0.155);
  }
}

/** The share of an arm's length that a held hand may take: beyond it the arm would look stretched. */
const COMFORTABLE = 0.93;

function pullWithin(point: Vector, shoulder: Vector, body: Body): Vector {
  const limit = (body.upperArm + body.forearm + body.palm) * COMFORTABLE;
  const gap = distance(point, shoulder);
  return gap <= limit ? point : mix(shoulder, point, limit / gap);
}

/** The point nearest the wish that both arms reach (alternating projections, von Neumann 1950). */
function heldPoint(scene: HandScene, name: HandTargetName): Vector {
  const { lead, follow } = scene;
  const isLeadLeft = pairSign(scene) > 0;
  const leadShoulder = isLeadLeft ? lead.leftShoulder : lead.rightShoulder;
  const followShoulder = isLeadLeft ? follow.rightShoulder : follow.leftShoulder;
  let point = heldWish(scene, name);
  for (let round = 0; round < 12; round += 1) {
    point = pullWithin(pullWithin(point, leadShoulder, LEAD_BODY), followShoulder, FOLLOW_BODY);
  }
  return point;
}

function freePoint(scene: HandScene, name: HandTargetName): Vector {
  const { own, partner, count, role, side } = scene;
  const out = side === 'left' ? 1 : -1;
  const shoulder = side === 'left' ? own.leftShoulder : own.rightShoulder;
  const chest = (left: number, up: number, ahead: number) =>
    pointIn(own.chestFrame, shoulder, left * out, up, ahead);
  const pelvis = (left: number, up: number, ahead: number) =>
    pointIn(own.pelvisFrame, own.pelvis, left * out, up, ahead);
  const sway = Math.sin(Math.PI * count);
  const low = role === 'lead' ? -0.58 : -0.52;
  switch (name) {
    case 'embrace':
      return role === 'lead'
        ? pointIn(partner.chestFrame, partner.ribs, 0.12, 0.07, -0.1)
        : pointIn(partner.chestFrame, partner.rightShoulder, -0.03, 0.035, 0.0);
    case 'neck':
      return pointIn(partner.chestFrame, partner.neck, out * -0.06, 0.03, -0.05);
    case 'partnerHip':
      return pointIn(partner.pelvisFrame, partner.pelvis, out * 0.17, 0.06, -0.05);
    case 'support':
      return pointIn(partner.chestFrame, partner.ribs, out * 0.02, 0.1, -0.12);
    case 'hip':
      return pelvis(0.165, 0.08, 0.03);
    case 'hair':
      return pointIn(own.headFrame, own.head, out * 0.1, 0.03, -0.05);
    case 'crown':
      return pointIn(own.headFrame, own.head, out * 0.02, 0.17, -0.01);
    case 'high':
      return chest(0.1, 0.5, 0.08);
    case 'reach':
      return chest(0.48, 0.1, 0.08);
    case 'bloom':
      return chest(0.32, 0.4, 0.1);
    case 'belly':
      return pointIn(own.waistFrame, own.ribs, out * 0.04, -0.03, 0.16);
    case 'skirt':
      return pelvis(0.24, -0.12, 0.1);
    case 'swing':
      return chest(0.1, low + 0.07, 0.16 + 0.16 * sway * out);
    case 'offer':
      return chest(0.06, -0.14, 0.42);
    case 'backArc':
      return chest(0.2, 0.4, -0.22);
    default:
      return chest(0.09, low, 0.06);
  }
}

/** Where the elbow points: (out, up, ahead) of the chest. */
function elbowSide(name: HandTargetName, role: Role): readonly [number, number, number] {
  switch (name) {
    case 'clasp':
      return [0.35, -1, -0.1];
    case 'embrace':
      return role === 'lead' ? [1, -0.35, 0.1] : [0.9, -0.6, -0.1];
    case 'overhead':
    case 'high':
    case 'bloom':
      return [1, 0, 0.25];
    case 'hair':
    case 'crown':
      return [1, 0.5, 0.15];
    case 'hip':
    case 'belly':
    case 'hammer':
      return [1, -0.1, -0.7];
    case 'neck':
      return [1, -0.3, 0.1];
    default:
      return [0.6, -0.9, -0.35];
  }
}

/** The palm's place and the elbow's side for one hand at one time. */
export function handPoint(scene: HandScene, name: HandTargetName): HandPoint {
  const out = scene.side === 'left' ? 1 : -1;
  const [aside, up, ahead] = elbowSide(name, scene.role);
  const { chestFrame } = scene.own;
  return {
    at: HELD_TARGETS.has(name) ? heldPoint(scene, name) : freePoint(scene, name),
    elbow: add(
      addScaled(scale(chestFrame.left, aside * out), chestFrame.up, up),
      scale(chestFrame.ahead, ahead),
    ),
  };
}
