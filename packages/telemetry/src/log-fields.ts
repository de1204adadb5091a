import { activeSpan } from './span.ts';

/**
 * What names the trace in a line of the log, by the span that the caller is part of; nothing where there is none.
 *
 * @param projectId with it, by the names under which Cloud Logging shows lines beside their trace
 * (cloud.google.com/logging/docs/structured-logging); without, by those of OpenTelemetry
 */
export function traceLogFields(projectId: string | undefined): () => Record<string, string | boolean> {
  return () => {
    const { place } = activeSpan();
    if (place === undefined) return {};
    const { traceId, spanId, isSampled } = place;
    if (projectId === undefined) return { trace_id: traceId, span_id: spanId };
    return {
      'logging.googleapis.com/trace': `projects/${projectId}/traces/${traceId}`,
      'logging.googleapis.com/spanId': spanId,
      'logging.googleapis.com/trace_sampled': isSampled,
    };
  };
}
