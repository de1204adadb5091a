/** Lengths of one dancer's bones and parts, metres. */
export interface Body {
  readonly hipHalfWidth: number;
  readonly upperLeg: number;
  readonly lowerLeg: number;
  /** Ball of the foot to the ankle, level with the floor and upwards, in the shoe with its heel down. */
  readonly footBack: number;
  readonly ankleHeight: number;
  readonly toeLength: number;
  readonly abdomen: number;
  readonly ribcage: number;
  readonly shoulderHalfWidth: number;
  readonly neck: number;
  /** Base of the skull to the head's centre. */
  readonly headRise: number;
  readonly headRadius: number;
  readonly upperArm: number;
  readonly forearm: number;
  /** Wrist to the middle of the palm. */
  readonly palm: number;
  /** Height of the pelvis centre when standing at ease. */
  readonly pelvisHeight: number;
}

/** 1.80 m, flat shoes. */
export const LEAD_BODY: Body = {
  hipHalfWidth: 0.085,
  upperLeg: 0.445,
  lowerLeg: 0.43,
  footBack: 0.14,
  ankleHeight: 0.085,
  toeLength: 0.075,
  abdomen: 0.22,
  ribcage: 0.29,
  shoulderHalfWidth: 0.195,
  neck: 0.085,
  headRise: 0.1,
  headRadius: 0.098,
  upperArm: 0.295,
  forearm: 0.262,
  palm: 0.075,
  pelvisHeight: 0.992,
};

/** 1.66 m and heels of 7 cm. */
export const FOLLOW_BODY: Body = {
  hipHalfWidth: 0.092,
  upperLeg: 0.425,
  lowerLeg: 0.415,
  footBack: 0.115,
  ankleHeight: 0.135,
  toeLength: 0.06,
  abdomen: 0.2,
  ribcage: 0.255,
  shoulderHalfWidth: 0.163,
  neck: 0.085,
  headRise: 0.095,
  headRadius: 0.092,
  upperArm: 0.265,
  forearm: 0.238,
  palm: 0.068,
  pelvisHeight: 0.99,
};
