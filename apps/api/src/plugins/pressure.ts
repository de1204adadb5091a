import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';

/** A loop this late answers nobody in time; turning callers away lets it catch up. */
const MAX_EVENT_LOOP_DELAY_MS = 3_000;

/** Answers 503 while the event loop is hopelessly behind. */
export const pressure = fp(
  async (app) => {
    await app.register(underPressure, { maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS });
  },
  { name: 'pressure' },
);
