import { ease } from '../maths/curve.ts';
import type { Vector } from '../maths/vector.ts';
import { type BasicMotion, buildBasicMotion } from './basic-motion.ts';
import { PLAIN_ACCENT } from './basic-step.ts';
import { type Body, FOLLOW_BODY, LEAD_BODY } from './body.ts';
import { buildFloorPath, buildSteps } from './floor-path.ts';
import { buildFootwork, type Footwork, type Place } from './footwork.ts';
import { aimHand, cuesOf } from './hands.ts';
import type { Accent, BodyMotion, MovePlan, Role, Side } from './move-plan.ts';
import { ankleOf, buildArm, buildLeg, buildTrunk, type Dancer, type Trunk } from './skeleton.ts';

export interface Couple {
  readonly lead: Dancer;
  readonly follow: Dancer;
}

/** A move worked out for every time: `at` takes a count time (0 is the first "1"). */
export interface Performance {
  readonly counts: number;
  readonly at: (count: number) => Couple;
}

interface DancerScore {
  readonly role: Role;
  readonly body: Body;
  readonly placeAt: (count: number) => Place;
  readonly footwork: Footwork;
  readonly basic: BasicMotion;
  readonly motion: (count: number) => BodyMotion;
}

function scoreOf(plan: MovePlan, role: Role): DancerScore {
  const placeAt = buildFloorPath(plan, role);
  const steps = buildSteps(plan, role);
  const own = role === 'lead' ? plan.lead : plan.follow;
  return {
    role,
    body: role === 'lead' ? LEAD_BODY : FOLLOW_BODY,
    placeAt,
    footwork: buildFootwork(steps, placeAt),
    basic: buildBasicMotion(steps, role),
    motion: own?.motion ?? (() => ({})),
  };
}

/** The move's own accent in its middle, the plain basic's at both ends and in the handles. */
function accentAt(plan: MovePlan, count: number): Accent {
  const inside =
    (plan.isOpening === true ? 1 : ease(0, 1, count)) *
    (plan.isEnding === true ? 1 : 1 - ease(plan.counts - 1, plan.counts, count));
  const blend = (name: keyof Accent) =>
    PLAIN_ACCENT[name] + (plan.accent[name] - PLAIN_ACCENT[name]) * inside;
  return {
    hips: blend('hips'),
    bounce: blend('bounce'),
    stride: blend('stride'),
    sink: blend('sink'),
    snap: blend('snap'),
  };
}

/** Highest pelvis from which both feet are reached without a straight leg. */
function standingHeight(score: DancerScore, wanted: number, trunk: Trunk, count: number): number {
  const { body } = score;
  const leg = (body.upperLeg + body.lowerLeg) * 0.982;
  let height = wanted;
  for (const side of ['left', 'right'] as const) {
    const ankle = ankleOf(body, score.footwork.footAt(side, count));
    const hip = side === 'left' ? trunk.leftHip : trunk.rightHip;
    const flat = Math.hypot(hip.x - ankle.x, hip.z - ankle.z);
    const limit = ankle.y + Math.sqrt(Math.max(0.05, leg ** 2 - flat ** 2)) - (hip.y - trunk.pelvis.y);
    // A soft minimum: the pelvis sinks into a long step without a kink.
    const gap = limit - height;
    height = gap > 0.06 ? height : gap < -0.06 ? limit : limit - (gap + 0.06) ** 2 / 0.24;
  }
  return height;
}

const POSTURE: Record<Role, { hipPitch: number; waistPitch: number; chestPitch: number; headPitch: number }> =
  {
    lead: { hipPitch: 0.02, waistPitch: 0.03, chestPitch: 0.02, headPitch: 0.1 },
    follow: { hipPitch: 0.16, waistPitch: 0.03, chestPitch: -0.1, headPitch: -0.04 },
  };

function trunkAt(score: DancerScore, plan: MovePlan, count: number, partner: Place): Trunk {
  const place = score.placeAt(count);
  const weight = score.footwork.weightAt(count);
  const own = score.motion(count);
  const basic = score.basic.at(count, accentAt(plan, count));
  const posture = POSTURE[score.role];
  const hipSide = basic.hipSide + (own.hipSide ?? 0);
  const hipAhead = own.hipAhead ?? 0;
  const chestTwist = basic.chestTwist + (own.chestTwist ?? 0);
  const toPartner = Math.atan2(partner.x - place.x, partner.z - place.z) - place.yaw - chestTwist;
  const x = weight.x + Math.cos(place.yaw) * hipSide + Math.sin(place.yaw) * hipAhead;
  const z = weight.z - Math.sin(place.yaw) * hipSide + Math.cos(place.yaw) * hipAhead;
  const build = (height: number) =>
    buildTrunk(score.body, {
      x,
      z,
      height,
      yaw: place.yaw,
      hipTwist: basic.hipTwist + (own.hipTwist ?? 0),
      hipPitch: posture.hipPitch + (own.hipPitch ?? 0),
      hipTilt: basic.hipTilt + (own.hipTilt ?? 0),
      waistPitch: posture.waistPitch + (own.waistPitch ?? 0),
      waistRoll: basic.waistRoll + (own.waistRoll ?? 0),
      chestTwist,
      chestPitch: posture.chestPitch + (own.chestPitch ?? 0),
      chestRoll: basic.chestRoll + (own.chestRoll ?? 0),
      shoulderLift: own.shoulderLift ?? 0,
      // A sine keeps the look smooth while the partner passes behind.
      headYaw: Math.sin(toPartner) * 0.8 * (1 - (own.lookAway ?? 0)) + (own.headTwist ?? 0),
      headPitch: posture.headPitch + (own.headPitch ?? 0),
      headRoll: basic.headRoll + (own.headRoll ?? 0),
    });
  const wanted = score.body.pelvisHeight - basic.hipDrop - (own.hipDrop ?? 0);
  return build(standingHeight(score, wanted, build(wanted), count));
}

interface ArmAims {
  readonly left: Vector;
  readonly right: Vector;
  readonly leftElbow: Vector;
  readonly rightElbow: Vector;
}

function aimArms(plan: MovePlan, count: number, lead: Trunk, follow: Trunk): Record<Role, ArmAims> {
  const aim = (role: Role, side: Side) =>
    aimHand(
      {
        role,
        side,
        count,
        lead,
        follow,
        own: role === 'lead' ? lead : follow,
        partner: role === 'lead' ? follow : lead,
      },
      cuesOf(plan.hands, role, side),
      plan.isOpening === true ? 'rest' : undefined,
    );
  const both = (role: Role): ArmAims => {
    const left = aim(role, 'left');
    const right = aim(role, 'right');
    return { left: left.at, right: right.at, leftElbow: left.elbow, rightElbow: right.elbow };
  };
  return { lead: both('lead'), follow: both('follow') };
}

function dancerFrom(score: DancerScore, trunk: Trunk, aims: ArmAims, count: number): Dancer {
  const { body, footwork } = score;
  return {
    ...trunk,
    leftArm: buildArm(body, trunk.leftShoulder, aims.left, aims.leftElbow),
    rightArm: buildArm(body, trunk.rightShoulder, aims.right, aims.rightElbow),
    leftLeg: buildLeg(body, trunk.leftHip, footwork.footAt('left', count), trunk.yaw),
    rightLeg: buildLeg(body, trunk.rightHip, footwork.footAt('right', count), trunk.yaw),
  };
}

/** Works a plan out: from steps, hips and hands to joints at any count time. */
export function perform(plan: MovePlan): Performance {
  const lead = scoreOf(plan, 'lead');
  const follow = scoreOf(plan, 'follow');
  return {
    counts: plan.counts,
    at(count) {
      const leadTrunk = trunkAt(lead, plan, count, follow.placeAt(count));
      const followTrunk = trunkAt(follow, plan, count, lead.placeAt(count));
      const aims = aimArms(plan, count, leadTrunk, followTrunk);
      return {
        lead: dancerFrom(lead, leadTrunk, aims.lead, count),
        follow: dancerFrom(follow, followTrunk, aims.follow, count),
      };
    },
  };
}
