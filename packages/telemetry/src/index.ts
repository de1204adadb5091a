export { traceLogFields } from './log-fields.ts';
export { openTracing, type TracingOptions } from './open-tracing.ts';
export {
  type Attributes,
  activeSpan,
  failureTypeOf,
  finishSpan,
  inSpan,
  NO_SPAN,
  type Span,
  type SpanOptions,
  type TracePlace,
  withSpan,
} from './span.ts';
export { type TelemetryConfig, TelemetryVariables } from './telemetry-variables.ts';
export { NO_TRACING, type Tracing } from './tracing.ts';
