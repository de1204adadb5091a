import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What measuring poses may say. None is the fault of a clip: it goes into the catalogue without. */
export const POSE_ERRORS = {
  POSE_MODEL_DAMAGED: { meaning: 'The files of the pose model are not what they should be.' },
  POSE_MODEL_FAILED: { meaning: 'The pose model broke down, or gave no answer in time.' },
  POSE_MODEL_MISSING: { meaning: 'The pose model is not installed.' },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof POSE_ERRORS, 'pose'> {}
}

export const poseError = makeErrors('pose', POSE_ERRORS);
