import type { ErrorFacts } from '@bachata-buddy/platform';

interface AnswerFacts extends ErrorFacts {
  /** Of the answer. */
  readonly status: number;
}

/**
 * What the service may answer that is no success: the code stands in the header `X-Error-Code`. `retryable`: the same
 * request may succeed later.
 */
export const ANSWERS = {
  ALL_MOVES_REFUSED: { status: 400, meaning: 'What the sentence refuses leaves no move to dance.' },
  BODY_INVALID: { status: 400, meaning: 'The body cannot be read as what it says it is.' },
  FIELDS_INVALID: {
    status: 400,
    meaning: 'Fields of the request are missing or invalid; the body names them.',
  },
  IDEMPOTENCY_KEY_INVALID: { status: 400, meaning: 'The Idempotency-Key is not a key.' },
  LOGIN_LINK_INVALID: { status: 400, meaning: 'The link to log in has been used or has expired.' },
  NOT_REVISABLE: { status: 400, meaning: 'There is no blueprint of this task that could be changed.' },
  ORDER_INVALID: { status: 400, meaning: 'The list does not name every sequence of the plan once.' },
  PARAMETER_INVALID: { status: 400, meaning: 'A parameter of the query is invalid.' },
  PLAN_FULL: { status: 400, meaning: 'The class plan has as many sequences as it may.' },
  QUERY_NOT_UNDERSTOOD: { status: 400, meaning: 'Nothing of dance was found in the sentence.' },
  REQUEST_INVALID: { status: 400, meaning: 'The request is not valid HTTP, or refused for another reason.' },
  RESET_LINK_INVALID: { status: 400, meaning: 'The link to set a password has been used or has expired.' },
  TASK_ENDED: { status: 400, meaning: 'The task has ended and cannot be cancelled any more.' },
  TASK_UNFINISHED: { status: 400, meaning: 'The choreography is not finished.' },
  UPLOAD_CUT_OFF: { status: 400, meaning: 'The caller left in the middle of an upload.' },
  VERSION_IMPOSSIBLE: { status: 400, meaning: 'No practice version can be made of this task.' },
  VIDEO_NEVER_THERE: { status: 400, meaning: 'The task has never had a video.' },
  VIDEO_STILL_THERE: {
    status: 400,
    meaning: 'The video of the task is there: nothing needs to be rendered.',
  },
  ACCOUNT_DISABLED: { status: 401, meaning: 'The account is disabled.' },
  LOGIN_INVALID: { status: 401, meaning: 'There is no such name with this password.' },
  TOKEN_INVALID: { status: 401, meaning: 'The token is invalid, expired or revoked.' },
  UNAUTHENTICATED: { status: 401, meaning: 'The request has no login.' },
  FORBIDDEN: { status: 403, meaning: 'This is not for the caller.' },
  REGISTRATION_CLOSED: { status: 403, meaning: 'Nobody may register here.' },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this address.' },
  PAGE_NOT_FOUND: { status: 404, meaning: 'The list has no such page.' },
  VIDEO_NOT_READY: { status: 404, meaning: 'The task has no video yet.', retryable: true },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'The address knows other methods; `Allow` names them.' },
  REQUEST_TIMEOUT: { status: 408, meaning: 'The request took too long to arrive.', retryable: true },
  ALREADY_SAVED: { status: 409, meaning: 'The choreography is in the collection already.' },
  REQUEST_IN_FLIGHT: {
    status: 409,
    meaning: 'The first request with this key is being worked on.',
    retryable: true,
  },
  SONG_NEEDED: { status: 409, meaning: 'Something that is kept, or under way, needs the song.' },
  SONG_UNHEARD: { status: 409, meaning: 'Nobody has listened to the song yet.', retryable: true },
  TASK_CANCELLED: { status: 409, meaning: 'The task was cancelled meanwhile.' },
  VERSION_REPLACED: { status: 409, meaning: 'Another task has taken the place of this practice version.' },
  PRECONDITION_FAILED: {
    status: 412,
    meaning: 'The file is not the version that the condition of the request names.',
  },
  BODY_TOO_LARGE: { status: 413, meaning: 'The body is too large.' },
  UPLOAD_QUOTA: {
    status: 413,
    meaning: 'The videos and songs of the caller take all the room that they may.',
    retryable: true,
  },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, meaning: 'Bodies of this kind, or so compressed, are not read.' },
  RANGE_UNSATISFIABLE: { status: 416, meaning: 'The range is outside the file.' },
  EXPECTATION_FAILED: { status: 417, meaning: 'What the request expects is not known here.' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, meaning: 'The Idempotency-Key was used with another body.' },
  THROTTLED: { status: 429, meaning: 'A limit of requests is reached.', retryable: true },
  TOO_MANY_STREAMS: { status: 429, meaning: 'The caller has too many event streams open.', retryable: true },
  TOO_MANY_TASKS: { status: 429, meaning: 'Too many tasks of the caller are under way.', retryable: true },
  HEADERS_TOO_LARGE: { status: 431, meaning: 'The headers are too large.' },
  GENERATION_FAILED: { status: 500, meaning: 'The choreography could not be made; its task says why.' },
  INTERNAL_ERROR: { status: 500, meaning: 'A fault of the service; the log says which.' },
  NOT_READY: {
    status: 503,
    meaning: 'The service is not ready: what it stands on is missing.',
    retryable: true,
  },
  SERVICE_BUSY: { status: 503, meaning: 'The service has too much to do just now.', retryable: true },
  SERVICE_UNAVAILABLE: {
    status: 503,
    meaning: 'What the service stands on cannot be reached.',
    retryable: true,
  },
  UPLOAD_DISK_FULL: { status: 503, meaning: 'The disk that takes videos in is full.', retryable: true },
  UPLOAD_ROOM_TAKEN: { status: 503, meaning: 'Other videos are being taken in just now.', retryable: true },
} as const satisfies Readonly<Record<string, AnswerFacts>>;

export type AnswerCode = keyof typeof ANSWERS;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<AnswerCode, 'api'> {}
}

export const ERROR_CODE_HEADER = 'x-error-code';

/** The codes of a status, in their order. */
export function answerCodesOf(status: number): AnswerCode[] {
  return (Object.keys(ANSWERS) as AnswerCode[]).filter((code) => ANSWERS[code].status === status);
}
