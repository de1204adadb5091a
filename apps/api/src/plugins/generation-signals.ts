import fp from 'fastify-plugin';
import { type GenerationSignals, makeGenerationSignals } from '../generate/generation-signal.ts';

declare module 'fastify' {
  interface FastifyInstance {
    generationSignals: GenerationSignals;
  }
}

export interface GenerationSignalsOptions {
  readonly deadlineMs: number;
}

/** Ends generations at their deadline, and all of them when the service shuts down. */
export const generationSignals = fp<GenerationSignalsOptions>(
  async (app, { deadlineMs }) => {
    const signals = makeGenerationSignals(deadlineMs);
    app.decorate('generationSignals', signals);
    app.addHook('preClose', async () => signals.abortAll());
  },
  { name: 'generation-signals' },
);
