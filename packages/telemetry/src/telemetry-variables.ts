import { Type } from 'typebox';

const SAMPLERS = [
  ...(['always_on', 'always_off', 'traceidratio'] as const),
  ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
] as const;

/** Where traces go, by OpenTelemetry's own names; part of the configuration of every app that makes some. */
export const TelemetryVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://',
      examples: ['http://127.0.0.1:4318'],
      description:
        'base address of a collector that takes OTLP over HTTP, as JSON, at `/v1/traces`; absent: nothing is traced',
    }),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: Type.Optional(
    Type.String({
      pattern: '^[^=,]+=(%[0-9A-Fa-f]{2}|[^%,])*(,[^=,]+=(%[0-9A-Fa-f]{2}|[^%,])*)*$',
      description: 'headers for that collector: `name=value`, separated by commas, values percent-encoded',
      secret: true,
    }),
  ),
  OTEL_SERVICE_NAME: Type.Optional(
    Type.String({
      description: 'name of this program in traces; absent: bachata-buddy-api or bachata-buddy-job',
    }),
  ),
  OTEL_TRACES_SAMPLER: Type.Enum([...SAMPLERS], {
    default: 'parentbased_always_on',
    description:
      'which traces are recorded; `parentbased_`: as whoever called has decided, else as the rest says',
  }),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 1,
    description: 'with `traceidratio`: share of traces that are recorded',
  }),
};

export type SamplerName = (typeof SAMPLERS)[number];

/** Values of {@link TelemetryVariables}. */
export interface TelemetryConfig {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  readonly OTEL_EXPORTER_OTLP_HEADERS?: string;
  readonly OTEL_SERVICE_NAME?: string;
  readonly OTEL_TRACES_SAMPLER: SamplerName;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}
