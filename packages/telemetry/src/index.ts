export { traceLogFields } from './log-fields.ts';
export { openTracing } from './open-tracing.ts';
export {
  activeSpan,
  finishSpan,
  inSpan,
  NO_SPAN,
  type Span,
  withSpan,
} from './span.ts';
export { type TelemetryConfig, TelemetryVariables } from './telemetry-variables.ts';
export { NO_TRACING, type Tracing } from './tracing.ts';
