import fp from 'fastify-plugin';
import {
  type GenerationSignals,
  type GenerationSignalsOptions,
  makeGenerationSignals,
} from '../generate/generation-signal.ts';

declare module 'fastify' {
  interface FastifyInstance {
    generationSignals: GenerationSignals;
  }
}

/** Ends generations at their deadline, and all of them when the service shuts down. */
export const generationSignals = fp<GenerationSignalsOptions>(
  async (app, options) => {
    const signals = makeGenerationSignals(options);
    app.decorate('generationSignals', signals);
    app.addHook('preClose', async () => signals.abortAll());
  },
  { name: 'generation-signals' },
);
