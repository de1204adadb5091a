import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';

export interface PressureOptions {
  /** A loop this late answers nobody in time; turning callers away lets it catch up. Default 3 s; 0: never. */
  readonly maxEventLoopDelayMs?: number | undefined;
}

const DEFAULT_MAX_EVENT_LOOP_DELAY_MS = 3_000;

/** Answers 503 while the event loop is hopelessly behind. */
export const pressure = fp<PressureOptions>(
  async (app, { maxEventLoopDelayMs = DEFAULT_MAX_EVENT_LOOP_DELAY_MS }) => {
    await app.register(underPressure, { maxEventLoopDelay: maxEventLoopDelayMs });
  },
  { name: 'pressure' },
);
