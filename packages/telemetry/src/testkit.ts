import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as a collector got it. */
export interface ReceivedSpan {
  /** `service.name` of whoever sent it. */
  readonly service: string;
  readonly name: string;
  /** As OTLP numbers them: 1 internal, 2 server, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly hasFailed: boolean;
  readonly durationMs: number;
}

export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** Of every call, first to last. */
  readonly headers: readonly IncomingHttpHeaders[];
  /** How calls are answered from now on: by a status, or not at all. Default 200. */
  answerWith(answer: number | 'nothing'): void;
  close(): Promise<void>;
}

/** A collector of traces on this machine: OTLP over HTTP, as JSON. For tests. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const headers: IncomingHttpHeaders[] = [];
  let answer: number | 'nothing' = 200;
  const server = createServer((request, response) => {
    headers.push(request.headers);
    const isTraces = request.method === 'POST' && request.url === '/v1/traces';
    if (answer === 'nothing') return;
    if (!isTraces || answer !== 200) send(response, isTraces ? (answer as number) : 404);
    else
      json(request).then(
        (body) => {
          spans.push(...readSpans(body as OtlpRequest));
          send(response, 200);
        },
        () => send(response, 400),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    headers,
    answerWith(next) {
      answer = next;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
}

/** github.com/open-telemetry/opentelemetry-proto, trace/v1, as JSON. */
interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, string | number | boolean>>;
}

interface OtlpSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly status: { readonly code?: number };
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

const STATUS_ERROR = 2;

function readSpans({ resourceSpans }: OtlpRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({
        service: String(readAttributes(resource.attributes)['service.name']),
        name: span.name,
        kind: span.kind,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || undefined,
        attributes: readAttributes(span.attributes),
        hasFailed: span.status.code === STATUS_ERROR,
        durationMs: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
      })),
    ),
  );
}

/** Whole numbers come as text, for JSON knows none of 64 bits. */
function readAttributes(list: readonly OtlpAttribute[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    list.map(({ key, value }) => {
      const [type, given] = Object.entries(value)[0] ?? ['stringValue', ''];
      return [key, type === 'intValue' ? Number(given) : given];
    }),
  );
}
