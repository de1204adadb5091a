import { AppError, type Logger } from '@bachata-buddy/platform';
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

/** `a=1,b=2`, values percent-encoded. @throws AppError `CONFIG_INVALID` */
function readHeaders(list: string): Record<string, string> {
  const pairs = list.split(',').filter((pair) => pair.includes('='));
  try {
    return Object.fromEntries(
      pairs.map((pair) => {
        const [name = '', value = ''] = pair.split(/=(.*)/s);
        return [name.trim(), decodeURIComponent(value.trim())];
      }),
    );
  } catch (thrown) {
    const text =
      'The configuration is not valid:\n  OTEL_EXPORTER_OTLP_HEADERS has a value that is not percent-encoded';
    throw new AppError(text, { code: 'CONFIG_INVALID', cause: thrown });
  }
}
