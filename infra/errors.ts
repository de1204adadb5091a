import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What the commands of developers, of deployment and of measurement may say. */
export const INFRA_ERRORS = {
  API_REFUSED: { meaning: 'The API answered a command with a refusal.' },
  API_UNREADY: { meaning: 'The API ended, or did not become ready.' },
  BENCH_FAILED: { meaning: 'What was to be measured did not work, or is slower than is wanted.' },
  BUILD_FAILED: { meaning: 'A program does not compile.' },
  COMMAND_FAILED: { meaning: 'What a command started did not end well; its last lines say why.' },
  PORT_UNAVAILABLE: { meaning: 'The port of the API is in use, or cannot be used.' },
  PROGRAM_UNKNOWN: { meaning: 'There is no program of that name.' },
  VIDEO_NOT_MADE: {
    meaning: 'The choreography that was asked for failed, or its video does not come whole.',
  },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof INFRA_ERRORS, 'infra'> {}
}

export const infraError = makeErrors('infra', INFRA_ERRORS);
