/**
 * Where a hand can be. The first group is held with the partner's hand opposite (lead's left with follow's
 * right, lead's right with follow's left); the rest is one's own affair.
 */
export type HandTargetName =
  | 'clasp'
  | 'low'
  | 'wide'
  | 'overhead'
  | 'hammer'
  | 'heart'
  | 'embrace'
  | 'neck'
  | 'partnerHip'
  | 'rest'
  | 'hip'
  | 'hair'
  | 'crown'
  | 'high'
  | 'reach'
  | 'bloom'
  | 'belly'
  | 'skirt'
  | 'swing'
  | 'offer'
  | 'support'
  | 'backArc';

export const HELD_TARGETS: ReadonlySet<HandTargetName> = new Set([
  'clasp',
  'low',
  'wide',
  'overhead',
  'hammer',
  'heart',
]);
