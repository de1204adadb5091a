/** Status names of google.rpc.Code with their gRPC number and what HTTP makes of them (google/rpc/code.proto). */
export const STATUSES = {
  DEADLINE_EXCEEDED: { grpc: 4, http: 504 },
  INVALID_ARGUMENT: { grpc: 3, http: 400 },
  NOT_FOUND: { grpc: 5, http: 404 },
  PERMISSION_DENIED: { grpc: 7, http: 403 },
  RESOURCE_EXHAUSTED: { grpc: 8, http: 429 },
  FAILED_PRECONDITION: { grpc: 9, http: 400 },
  ABORTED: { grpc: 10, http: 409 },
  UNIMPLEMENTED: { grpc: 12, http: 501 },
  INTERNAL: { grpc: 13, http: 500 },
  UNAVAILABLE: { grpc: 14, http: 503 },
  UNAUTHENTICATED: { grpc: 16, http: 401 },
} as const;

export type StatusName = keyof typeof STATUSES;

/** A refusal, as both protocols word it. */
export class RpcError extends Error {
  readonly status: StatusName;

  constructor(status: StatusName, message: string) {
    super(message);
    this.status = status;
  }

  get grpcCode(): number {
    return STATUSES[this.status].grpc;
  }

  get httpStatus(): number {
    return STATUSES[this.status].http;
  }

  /** The body of a REST answer. */
  get body(): object {
    return { error: { code: this.httpStatus, message: this.message, status: this.status } };
  }
}

export const notFound = (name: string) =>
  new RpcError('NOT_FOUND', `Resource '${name}' of kind 'RUN' does not exist.`);

export const invalid = (message: string) => new RpcError('INVALID_ARGUMENT', message);

export const denied = (permission: string, name: string) =>
  new RpcError(
    'PERMISSION_DENIED',
    `Permission '${permission}' denied on resource '${name}' (or resource may not exist).`,
  );
