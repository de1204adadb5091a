import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@bachata-buddy/platform';
import {
  type Context,
  defaultTextMapGetter,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { tellFailures } from './failure-telling-exporter.ts';
import type { Span, SpanOptions } from './span.ts';
import type { SamplerName } from './telemetry-variables.ts';
import type { Tracing } from './tracing.ts';

/** A collector is near. What it does not take by then, with all retries, is dropped. */
const EXPORT_TIMEOUT_MS = 1_500;
const CLOSE_TIMEOUT_MS = 2_000;

export interface OtlpTracingOptions {
  /** `http://host:4318`; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly sampler: SamplerName;
  /** 0 to 1, for samplers by ratio. */
  readonly samplerRatio: number;
  readonly log: Logger;
}

/** Spans that are sent to a collector in batches, by OpenTelemetry's SDK. Nothing is registered globally. */
export function makeOtlpTracing(options: OtlpTracingOptions): Tracing {
  const { endpoint, headers, serviceName, log } = options;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: { ...headers },
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const processor = new BatchSpanProcessor(tellFailures(exporter, log));
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: makeSampler(options),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('bachata-buddy');
  const propagator = new W3CTraceContextPropagator();
  return {
    isOn: true,
    begin(name, { traceparent, ...spanOptions } = {}) {
      const parent = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
      return beginSpan(tracer, name, spanOptions, parent);
    },
    async close() {
      const done = new AbortController();
      // The exporter has told why, if it fails.
      const closed = provider.shutdown().catch(() => {});
      const late = sleep(CLOSE_TIMEOUT_MS, undefined, { signal: done.signal }).catch(() => {});
      await Promise.race([closed, late]);
      done.abort();
    },
  };
}

function makeSampler({ sampler, samplerRatio }: OtlpTracingOptions): Sampler {
  const name = sampler.replace('parentbased_', '');
  const root =
    name === 'always_on'
      ? new AlwaysOnSampler()
      : name === 'always_off'
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(samplerRatio);
  return name === sampler ? root : new ParentBasedSampler({ root });
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

function beginSpan(
  tracer: Tracer,
  name: string,
  { kind = 'internal', attributes = {} }: SpanOptions,
  parent: Context,
): Span {
  const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, parent);
  return wrapSpan(tracer, span);
}

function wrapSpan(tracer: Tracer, span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
  return {
    place: { traceId, spanId, isSampled },
    traceparent: `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`,
    begin: (name, options = {}) => beginSpan(tracer, name, options, trace.setSpan(ROOT_CONTEXT, span)),
    set: (attributes) => void span.setAttributes(attributes),
    fail(type) {
      span.setAttribute('error.type', type);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
    end: () => span.end(),
  };
}
