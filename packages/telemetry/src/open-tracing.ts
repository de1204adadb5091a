import querystring from 'node:querystring';
import type { Logger } from '@bachata-buddy/platform';
import type { TelemetryConfig } from './telemetry-variables.ts';
import { NO_TRACING, type Tracing } from './tracing.ts';

export interface TracingOptions {
  readonly config: TelemetryConfig;
  /** The program's name, unless the configuration gives it another. */
  readonly serviceName: string;
  readonly log: Logger;
}

/** Tracing as it is configured. OpenTelemetry is loaded only where there is somewhere to send traces to. */
export async function openTracing({ config, serviceName, log }: TracingOptions): Promise<Tracing> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return NO_TRACING;
  const { makeOtlpTracing } = await import('./otlp-tracing.ts');
  return makeOtlpTracing({
    endpoint,
    headers: readHeaders(config.OTEL_EXPORTER_OTLP_HEADERS ?? ''),
    serviceName: config.OTEL_SERVICE_NAME ?? serviceName,
    sampler: config.OTEL_TRACES_SAMPLER,
    samplerRatio: config.OTEL_TRACES_SAMPLER_ARG,
    log,
  });
}

/** `a=1,b=2`, values percent-encoded. */
function readHeaders(list: string): Record<string, string> {
  const pairs = list.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [name.trim(), querystring.unescape(value.trim())];
    }),
  );
}
