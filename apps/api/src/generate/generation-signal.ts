import type { RequestKind } from '@bachata-buddy/vocabulary';
import { apiError } from '../errors.ts';

/** What a generation is made of. */
export type GenerationKind = RequestKind | 'revision' | 'rendering' | 'version' | 'preview' | 'alternatives';

/** How a generation ended. */
export interface GenerationEnd {
  readonly kind: GenerationKind;
  readonly durationMs: number;
  /** What it threw; undefined where it came to its answer. */
  readonly thrown: unknown;
}

export interface GenerationSignalsOptions {
  readonly deadlineMs: number;
  readonly onEnd?: ((end: GenerationEnd) => void) | undefined;
}

/** Runs generations with signals that abort after the deadline, or all together when the service shuts down. */
export function makeGenerationSignals({ deadlineMs, onEnd }: GenerationSignalsOptions) {
  const open = new Set<AbortController>();
  return {
    async run<T>(kind: GenerationKind, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      const controller = new AbortController();
      open.add(controller);
      const text = `It took longer than ${deadlineMs / 1000} seconds.`;
      const timer = setTimeout(() => {
        controller.abort(apiError('GENERATE_DEADLINE', text));
      }, deadlineMs);
      const beganMs = performance.now();
      let failure: unknown;
      try {
        return await work(controller.signal);
      } catch (thrown) {
        failure = thrown;
        throw thrown;
      } finally {
        clearTimeout(timer);
        open.delete(controller);
        onEnd?.({ kind, durationMs: performance.now() - beganMs, thrown: failure });
      }
    },
    abortAll(): void {
      const reason = apiError('GENERATE_SHUTDOWN', 'The service is shutting down.');
      for (const controller of open) controller.abort(reason);
    },
  };
}

export type GenerationSignals = ReturnType<typeof makeGenerationSignals>;
