/** The closed sets that this package's tables alone know. */
export const LAUNCH_STATES = ['queued', 'launched', 'finished'] as const;
export const IDEMPOTENCY_STATES = ['in_flight', 'done'] as const;

export type LaunchState = (typeof LAUNCH_STATES)[number];
export type IdempotencyState = (typeof IDEMPOTENCY_STATES)[number];

/** Any JSON object. */
export type JsonObject = Record<string, unknown>;
