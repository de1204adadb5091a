import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What rendering may say. */
export const JOB_ERRORS = {
  BLUEPRINT_INVALID: {
    meaning: 'The blueprint in the file is not valid; the message names what is wrong.',
  },
  JOB_INPUT_INVALID: { meaning: 'A clip or the song cannot be used; the message names it.' },
  JOB_INPUT_MISSING: { meaning: 'A clip or the song is not in storage; the message names it.' },
  JOB_OUTPUT_INVALID: { meaning: 'What was rendered is not what was planned.' },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof JOB_ERRORS, 'job'> {}
}

export const jobError = makeErrors('job', JOB_ERRORS);
