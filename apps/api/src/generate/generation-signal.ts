import { AppError } from '@bachata-buddy/platform';

/** The signal of one generation, which ends with its deadline or with the service. */
export interface GenerationSignal {
  readonly signal: AbortSignal;
  /** Call when the generation is over. */
  release(): void;
}

/** Makes signals that abort after the deadline, or all together when the service shuts down. */
export function makeGenerationSignals(deadlineMs: number) {
  const open = new Set<AbortController>();
  return {
    begin(): GenerationSignal {
      const controller = new AbortController();
      open.add(controller);
      const text = `It took longer than ${deadlineMs / 1000} seconds.`;
      const timer = setTimeout(() => {
        controller.abort(new AppError(text, { code: 'GENERATE_DEADLINE', retryable: true }));
      }, deadlineMs);
      return {
        signal: controller.signal,
        release() {
          clearTimeout(timer);
          open.delete(controller);
        },
      };
    },
    abortAll(): void {
      const reason = new AppError('The service is shutting down.', {
        code: 'GENERATE_SHUTDOWN',
        retryable: true,
      });
      for (const controller of open) controller.abort(reason);
    },
  };
}

export type GenerationSignals = ReturnType<typeof makeGenerationSignals>;
