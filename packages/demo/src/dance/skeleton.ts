import { addScaled, subtract, type Vector, vector } from '../maths/vector.ts';
import type { Body } from './body.ts';
import type { Foot } from './footwork.ts';
import { buildFrame, type Frame, pointIn } from './frame.ts';
import { reachWithTwoBones } from './inverse-kinematics.ts';

/** Trunk, neck and head of one dancer at one time. */
export interface Trunk {
  readonly yaw: number;
  readonly pelvis: Vector;
  readonly ribs: Vector;
  readonly neck: Vector;
  readonly skull: Vector;
  readonly head: Vector;
  readonly pelvisFrame: Frame;
  readonly waistFrame: Frame;
  readonly chestFrame: Frame;
  readonly headFrame: Frame;
  readonly leftShoulder: Vector;
  readonly rightShoulder: Vector;
  readonly leftHip: Vector;
  readonly rightHip: Vector;
}

export interface Arm {
  readonly shoulder: Vector;
  readonly elbow: Vector;
  readonly wrist: Vector;
  /** The middle of the palm. */
  readonly hand: Vector;
}

export interface Leg {
  readonly hip: Vector;
  readonly knee: Vector;
  readonly ankle: Vector;
  readonly ball: Vector;
  readonly toe: Vector;
  readonly isPlanted: boolean;
}

export interface Dancer extends Trunk {
  readonly leftArm: Arm;
  readonly rightArm: Arm;
  readonly leftLeg: Leg;
  readonly rightLeg: Leg;
}

/** The angles and the place of a trunk; radians, metres. */
export interface TrunkPose {
  readonly x: number;
  readonly z: number;
  readonly height: number;
  readonly yaw: number;
  readonly hipTwist: number;
  readonly hipPitch: number;
  readonly hipTilt: number;
  readonly waistPitch: number;
  readonly waistRoll: number;
  readonly chestTwist: number;
  readonly chestPitch: number;
  readonly chestRoll: number;
  readonly shoulderLift: number;
  readonly headYaw: number;
  readonly headPitch: number;
  readonly headRoll: number;
}

export function buildTrunk(body: Body, pose: TrunkPose): Trunk {
  const pelvisFrame = buildFrame(pose.yaw + pose.hipTwist, pose.hipPitch, pose.hipTilt);
  const waistFrame = buildFrame(
    pose.yaw + pose.hipTwist * 0.5 + pose.chestTwist * 0.4,
    pose.waistPitch,
    pose.waistRoll,
  );
  const chestFrame = buildFrame(pose.yaw + pose.chestTwist, pose.chestPitch, pose.chestRoll);
  const headFrame = buildFrame(pose.yaw + pose.chestTwist + pose.headYaw, pose.headPitch, pose.headRoll);
  const pelvis = vector(pose.x, pose.height, pose.z);
  const ribs = addScaled(pelvis, waistFrame.up, body.abdomen);
  const neck = addScaled(ribs, chestFrame.up, body.ribcage);
  const skull = pointIn(chestFrame, neck, 0, body.neck * 0.96, body.neck * 0.28);
  const shoulder = body.shoulderHalfWidth;
  const drop = -0.045 + pose.shoulderLift;
  return {
    yaw: pose.yaw,
    pelvis,
    ribs,
    neck,
    skull,
    head: addScaled(skull, headFrame.up, body.headRise),
    pelvisFrame,
    waistFrame,
    chestFrame,
    headFrame,
    leftShoulder: pointIn(chestFrame, neck, shoulder, drop, 0),
    rightShoulder: pointIn(chestFrame, neck, -shoulder, drop, 0),
    leftHip: pointIn(pelvisFrame, pelvis, body.hipHalfWidth, -0.03, 0),
    rightHip: pointIn(pelvisFrame, pelvis, -body.hipHalfWidth, -0.03, 0),
  };
}

/** The ankle above a foot whose heel is raised about its ball. */
export function ankleOf(body: Body, foot: Foot): Vector {
  const back = -body.footBack * Math.cos(foot.heel) + body.ankleHeight * Math.sin(foot.heel);
  const rise = body.ankleHeight * Math.cos(foot.heel) + body.footBack * Math.sin(foot.heel);
  return vector(
    foot.ball.x + Math.sin(foot.yaw) * back,
    foot.ball.y + rise,
    foot.ball.z + Math.cos(foot.yaw) * back,
  );
}

/** A leg that reaches from its hip joint to its foot; the foot gives way where the leg is too short. */
export function buildLeg(body: Body, hip: Vector, foot: Foot, pelvisYaw: number): Leg {
  const kneeYaw = (foot.yaw + pelvisYaw) / 2;
  const wanted = ankleOf(body, foot);
  const bones = reachWithTwoBones({
    root: hip,
    target: wanted,
    firstLength: body.upperLeg,
    secondLength: body.lowerLeg,
    bendTowards: vector(Math.sin(kneeYaw), 0.15, Math.cos(kneeYaw)),
  });
  const shift = subtract(bones.end, wanted);
  const ball = addScaled(foot.ball, shift, 1);
  const toeDrop = Math.min(foot.heel, 0) * -body.toeLength;
  return {
    hip,
    knee: bones.middle,
    ankle: bones.end,
    ball,
    toe: vector(
      ball.x + Math.sin(foot.yaw) * body.toeLength,
      ball.y + toeDrop,
      ball.z + Math.cos(foot.yaw) * body.toeLength,
    ),
    isPlanted: foot.isPlanted,
  };
}

/** An arm whose palm reaches for `hand`; the hand stays in line with the forearm. */
export function buildArm(body: Body, shoulder: Vector, hand: Vector, elbowTowards: Vector): Arm {
  const reach = body.forearm + body.palm;
  const bones = reachWithTwoBones({
    root: shoulder,
    target: hand,
    firstLength: body.upperArm,
    secondLength: reach,
    bendTowards: elbowTowards,
  });
  const forearm = subtract(bones.end, bones.middle);
  return {
    shoulder,
    elbow: bones.middle,
    wrist: addScaled(bones.middle, forearm, body.forearm / reach),
    hand: bones.end,
  };
}
