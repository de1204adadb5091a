export { traceLogFields } from './log-fields.ts';
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
export { NO_TRACING, openTracing, type Tracing, type TracingOptions } from './tracing.ts';
