/** A refusal as the JSON API words it (cloud.google.com/storage/docs/json_api/v1/status-codes). */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  get body(): string {
    const { status: code, reason, message } = this;
    return JSON.stringify({ error: { code, message, errors: [{ message, domain: 'global', reason }] } });
  }
}

export const noBucket = () => new ApiError(404, 'notFound', 'The specified bucket does not exist.');

export const noObject = (bucket: string, name: string) =>
  new ApiError(404, 'notFound', `No such object: ${bucket}/${name}`);

export const preconditionFailed = () =>
  new ApiError(412, 'conditionNotMet', 'At least one of the pre-conditions you specified did not hold.');

export const invalid = (message: string) => new ApiError(400, 'invalid', message);

export const unauthorized = () => new ApiError(401, 'required', 'Anonymous caller does not have access.');

export const forbidden = (message: string) => new ApiError(403, 'forbidden', message);

export const updatedTooOften = (bucket: string, name: string) =>
  new ApiError(
    429,
    'rateLimitExceeded',
    `The object ${bucket}/${name} exceeded the rate limit for object mutation operations (create, update, and delete). Please reduce your request rate.`,
  );
