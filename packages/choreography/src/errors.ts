import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What understanding and planning may say. */
export const CHOREOGRAPHY_ERRORS = {
  CHOREOGRAPHY_ALL_REFUSED: {
    meaning: 'What was refused leaves no move of the library that can be danced to the song.',
  },
  CHOREOGRAPHY_DUPLICATE_MOVE: { meaning: 'Two moves of the library share one id.' },
  CHOREOGRAPHY_EMBEDDING_EMPTY: { meaning: 'An embedding has neither a pose nor an audio nor a text part.' },
  CHOREOGRAPHY_EMBEDDING_INVALID: {
    meaning: 'An embedding has not the dimensions or the numbers that it should.',
  },
  CHOREOGRAPHY_GEMINI_BAD_ANSWER: { meaning: 'The language model answered with nothing, or with no JSON.' },
  CHOREOGRAPHY_GEMINI_BLOCKED: { meaning: 'The language model refuses by its policies.' },
  CHOREOGRAPHY_GEMINI_CUT_OFF: { meaning: 'The answer of the language model was cut off.' },
  CHOREOGRAPHY_GEMINI_RATE_LIMITED: { meaning: 'The language model is over its quota.', retryable: true },
  CHOREOGRAPHY_GEMINI_REJECTED: { meaning: 'The language model rejects the request.' },
  CHOREOGRAPHY_GEMINI_TIMEOUT: { meaning: 'The language model did not answer in time.', retryable: true },
  CHOREOGRAPHY_GEMINI_UNAUTHORIZED: { meaning: 'The language model does not accept the key.' },
  CHOREOGRAPHY_GEMINI_UNAVAILABLE: {
    meaning: 'The language model cannot be reached, or is out of order.',
    retryable: true,
  },
  CHOREOGRAPHY_NO_BEATS: { meaning: 'No beats could be found in the song.' },
  CHOREOGRAPHY_NO_MOVES: { meaning: 'The library holds no moves.' },
  CHOREOGRAPHY_NO_PLAYABLE_MOVES: {
    meaning: 'No move of the library can be danced at the tempo of the song.',
  },
  CHOREOGRAPHY_NO_SONGS: { meaning: 'The catalogue holds no songs.' },
  CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD: { meaning: 'Nothing of dance was found in the sentence.' },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof CHOREOGRAPHY_ERRORS, 'choreography'> {}
}

export const choreographyError = makeErrors('choreography', CHOREOGRAPHY_ERRORS);
