import { hasCode } from '@bachata-buddy/platform';
import { Histogram, type Registry } from 'prom-client';
import type { GenerationEnd, GenerationKind } from '../generate/generation-signal.ts';
import { HttpAnswer } from '../http/http-answer.ts';

export function makeGenerationFigures(registry: Registry): (end: GenerationEnd) => void {
  const durations = new Histogram({
    name: 'bachata_generation_duration_seconds',
    help: 'Generations, from the request to its answer; repeated answers are not among them. kind: song, sentence, revision, rendering (again, of a video that is gone), version (to practise), preview (of a revision), alternatives (to a move); outcome: started, refused (as invalid), late (past the deadline), failed',
    labelNames: ['kind', 'outcome'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 25, 30],
    registers: [registry],
  });
  return ({ kind, durationMs, thrown }) =>
    durations.observe({ kind: labelOf(kind), outcome: outcomeOf(thrown) }, durationMs / 1_000);
}

/** Dashboards know a request by words under the name that they were given first. */
function labelOf(kind: GenerationKind): string {
  return kind === 'ai' ? 'sentence' : kind;
}

function outcomeOf(thrown: unknown): 'started' | 'refused' | 'late' | 'failed' {
  if (thrown === undefined) return 'started';
  if (thrown instanceof HttpAnswer && thrown.status < 500) return 'refused';
  const cause = thrown instanceof HttpAnswer ? thrown.cause : thrown;
  return hasCode(cause, 'GENERATE_DEADLINE') ? 'late' : 'failed';
}
