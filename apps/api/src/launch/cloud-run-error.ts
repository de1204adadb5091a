import { AppError, toError } from '@bachata-buddy/platform';
import { grpc } from 'google-gax';
import { apiError } from '../errors.ts';

type StatusName = Exclude<keyof typeof grpc.status, 'OK'>;

/** What Google's HTTP front ends answer, in the words of google/rpc/code.proto. */
const STATUS_OF_HTTP: Readonly<Record<number, StatusName>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Refusals that stand until somebody changes something; all else may pass. */
const PERMANENT: Partial<Readonly<Record<StatusName, string>>> = {
  INVALID_ARGUMENT: 'The platform refused the rendering job as invalid.',
  NOT_FOUND: 'The rendering job is not deployed.',
  PERMISSION_DENIED: 'The service is not allowed to run the rendering job.',
  FAILED_PRECONDITION: 'The platform refused the rendering job as invalid.',
  OUT_OF_RANGE: 'The platform refused the rendering job as invalid.',
  UNIMPLEMENTED: 'The platform cannot run the rendering job.',
  UNAUTHENTICATED: 'The service could not log in to the platform.',
};

/**
 * Whatever a call of the Cloud Run API threw, by either transport: gRPC says a code of google.rpc, REST an HTTP
 * status, a broken connection an errno. The message is safe to show; the code is `CLOUD_RUN_` and the status.
 */
export function cloudRunError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  const message = PERMANENT[status];
  return apiError(`CLOUD_RUN_${status}`, message ?? otherMessage(status), { cause: thrown });
}

function otherMessage(status: StatusName): string {
  return status === 'RESOURCE_EXHAUSTED'
    ? 'The platform has no room for another rendering job.'
    : 'The platform did not answer in order.';
}

function statusOf(thrown: unknown): StatusName {
  const error = toError(thrown);
  const code = Number((error as { code?: unknown }).code);
  if (Number.isInteger(code)) {
    const ofGrpc = grpc.status[code] as StatusName | undefined;
    return ofGrpc ?? STATUS_OF_HTTP[code] ?? (code >= 500 ? 'UNAVAILABLE' : 'UNKNOWN');
  }
  return /default credentials/i.test(error.message) ? 'UNAUTHENTICATED' : 'UNAVAILABLE';
}
