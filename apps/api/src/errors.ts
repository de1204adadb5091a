import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What the service may meet on its way to an answer, and its commands. */
export const API_ERRORS = {
  CHOREOGRAPHER_LOST: { meaning: 'The thread that makes dances broke down.', retryable: true },
  CLOUD_RUN_ABORTED: { meaning: 'Cloud Run gave a request up in favour of another.', retryable: true },
  CLOUD_RUN_ALREADY_EXISTS: { meaning: 'Cloud Run has such an execution already.', retryable: true },
  CLOUD_RUN_CANCELLED: { meaning: 'A request to Cloud Run was cancelled on its way.', retryable: true },
  CLOUD_RUN_DATA_LOSS: { meaning: 'Cloud Run lost data.', retryable: true },
  CLOUD_RUN_DEADLINE_EXCEEDED: { meaning: 'Cloud Run did not answer in time.', retryable: true },
  CLOUD_RUN_FAILED_PRECONDITION: { meaning: 'Cloud Run refuses the job as it is deployed.' },
  CLOUD_RUN_INTERNAL: { meaning: 'Cloud Run has a fault of its own.', retryable: true },
  CLOUD_RUN_INVALID_ARGUMENT: { meaning: 'Cloud Run refuses the request as invalid.' },
  CLOUD_RUN_NOT_FOUND: { meaning: 'Cloud Run knows no such job or execution.' },
  CLOUD_RUN_OUT_OF_RANGE: { meaning: 'Cloud Run refuses the request as invalid.' },
  CLOUD_RUN_PERMISSION_DENIED: { meaning: 'The account of the service may not run the job.' },
  CLOUD_RUN_RESOURCE_EXHAUSTED: { meaning: 'Cloud Run has no room for another execution.', retryable: true },
  CLOUD_RUN_UNAUTHENTICATED: { meaning: 'The service has no login for Cloud Run.' },
  CLOUD_RUN_UNAVAILABLE: { meaning: 'Cloud Run cannot be reached.', retryable: true },
  CLOUD_RUN_UNIMPLEMENTED: { meaning: 'Cloud Run does not know the request.' },
  CLOUD_RUN_UNKNOWN: { meaning: 'Cloud Run answered with something that nobody knows.', retryable: true },
  GENERATE_DEADLINE: { meaning: 'A generation did not come to its answer in time.', retryable: true },
  GENERATE_NO_AUDIO: { meaning: 'The file of a song is not in storage.' },
  GENERATE_SHUTDOWN: { meaning: 'The service shut down in the middle of a generation.', retryable: true },
  GENERATE_SONG_GONE: { meaning: 'A song left the catalogue in the middle of a generation.' },
  LANGUAGE_MODEL_BUDGET_SPENT: { meaning: 'The calls of a day are spent: rules do the work.' },
  LAUNCH_NO_JOB: { meaning: 'The rendering program is not installed beside the service.' },
  MEDIA_NEEDED: { meaning: 'Something needs the song or the move that is to be removed.' },
  MOVE_UNKNOWN: { meaning: 'There is no move of that id.' },
  SONG_UNKNOWN: { meaning: 'There is no song of that id.' },
  USER_UNKNOWN: { meaning: 'There is no account of that name.' },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof API_ERRORS, 'api'> {}
}

export const apiError = makeErrors('api', API_ERRORS);
