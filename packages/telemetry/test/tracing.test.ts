import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig, makeLogger } from '@bachata-buddy/platform';
import t, { type Test } from 'tap';
import { Type } from 'typebox';
import {
  activeSpan,
  finishSpan,
  inSpan,
  NO_TRACING,
  openTracing,
  TelemetryVariables,
  traceLogFields,
  withSpan,
} from '../src/index.ts';
import { startOtlpReceiver } from '../src/testkit.ts';

const Variables = Type.Object(TelemetryVariables);

async function open(t: Test, environment: Record<string, string> = {}) {
  const receiver = await startOtlpReceiver();
  t.teardown(() => receiver.close());
  const lines: string[] = [];
  const log = makeLogger({
    name: 'test',
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  const config = loadConfig(Variables, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.endpoint}/`,
    ...environment,
  });
  const tracing = await openTracing({ config, serviceName: 'dancer', log });
  return { receiver, tracing, lines };
}

t.test('steps reach the collector as children of the span that they are part of', async (t) => {
  const { receiver, tracing } = await open(t, {
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%2Cb, x-other=c',
  });
  const root = tracing.begin('evening', { kind: 'server', attributes: { 'dance.count': 8 } });
  await finishSpan(root, async () => {
    await Promise.all([
      inSpan('basic', async () => void (await sleep(2))),
      inSpan('turn', async (span) => {
        span.set({ 'turn.side': 'left' });
        await inSpan('half turn', async () => {});
      }),
    ]);
  });
  await tracing.close();
  const named = new Map(receiver.spans.map((span) => [span.name, span]));
  t.strictSame([...named.keys()].sort(), ['basic', 'evening', 'half turn', 'turn']);
  const [evening, basic, turn, half] = ['evening', 'basic', 'turn', 'half turn'].map((name) =>
    named.get(name),
  );
  t.match(evening, { service: 'dancer', kind: 2, attributes: { 'dance.count': 8 }, hasFailed: false });
  t.equal(evening?.parentSpanId, undefined);
  t.equal(basic?.parentSpanId, evening?.spanId);
  t.match(turn, { parentSpanId: evening?.spanId, kind: 1, attributes: { 'turn.side': 'left' } });
  t.equal(half?.parentSpanId, turn?.spanId);
  t.equal(new Set(receiver.spans.map(({ traceId }) => traceId)).size, 1);
  t.match(receiver.headers[0], { 'x-key': 'a,b', 'x-other': 'c', 'content-type': 'application/json' });
});

t.test(
  'a trace goes on in another process by its traceparent, and a malformed one begins anew',
  async (t) => {
    const { receiver, tracing } = await open(t);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    tracing.begin('continued', { traceparent }).end();
    for (const bad of [
      '',
      '00-0-0-01',
      'nonsense',
      '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    ])
      tracing.begin('new', { traceparent: bad }).end();
    const own = tracing.begin('own');
    t.match(own.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    own.end();
    await tracing.close();
    const [continued, ...others] = receiver.spans;
    t.match(continued, { traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' });
    t.equal(others.length, 5);
    t.ok(others.every(({ parentSpanId }) => parentSpanId === undefined));
  },
);

t.test('work that fails is marked by what kind of failure it was, never by its text', async (t) => {
  const { receiver, tracing } = await open(t);
  const failing = finishSpan(tracing.begin('fall'), async () => {
    throw Object.assign(new Error('of maria@example.com'), { code: 'DANCE_FELL' });
  });
  await t.rejects(failing, { code: 'DANCE_FELL' }, 'the failure itself goes on');
  await tracing.close();
  t.match(receiver.spans, [{ hasFailed: true, attributes: { 'error.type': 'DANCE_FELL' } }]);
  t.notMatch(JSON.stringify(receiver.spans), /maria/);
});

t.test('a sampler decides at the beginning, and whoever called before that', async (t) => {
  const { receiver, tracing } = await open(t, {
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0',
  });
  const unsampled = tracing.begin('unsampled');
  t.match(unsampled.traceparent, /-00$/, 'what belongs to it elsewhere is not recorded either');
  await finishSpan(unsampled, () => inSpan('child', async () => {}));
  tracing.begin('wanted', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }).end();
  await tracing.close();
  t.match(receiver.spans, [{ name: 'wanted' }]);
});

t.test('lines of the log name the trace as Cloud Logging reads it', async (t) => {
  const { tracing } = await open(t);
  const lines: Record<string, unknown>[] = [];
  const log = (projectId?: string) =>
    makeLogger({
      name: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
      fields: traceLogFields(projectId),
    });
  const span = tracing.begin('evening');
  withSpan(span, () => {
    log('my-project').info('within');
    log().info('without a project');
  });
  log('my-project').info('outside');
  const { traceId, spanId } = span.place!;
  t.match(lines[0], {
    message: 'within',
    'logging.googleapis.com/trace': `projects/my-project/traces/${traceId}`,
    'logging.googleapis.com/spanId': spanId,
    'logging.googleapis.com/trace_sampled': true,
  });
  t.match(lines[1], { trace_id: traceId, span_id: spanId });
  t.notMatch(JSON.stringify(lines[2]), /trace/);
  span.end();
  await tracing.close();
});

t.test(
  'a collector that refuses, and one that says nothing, hold up nobody, and the log tells',
  async (t) => {
    for (const answer of [500, 'nothing'] as const) {
      const { receiver, tracing, lines } = await open(t);
      receiver.answerWith(answer);
      tracing.begin('lost').end();
      await tracing.close();
      t.strictSame(receiver.spans, []);
      const warnings = lines.filter((line) => line.includes('"severity":"WARNING"'));
      t.equal(warnings.length, 1, lines.join('\n'));
    }
  },
);

t.test('headers that are not percent-encoded are refused at the start, and never repeated', async (t) => {
  for (const OTEL_EXPORTER_OTLP_HEADERS of ['hush', 'a=%zz', 'a=1,hush', '=hush']) {
    t.throws(() => loadConfig(Variables, { OTEL_EXPORTER_OTLP_HEADERS }), {
      code: 'CONFIG_INVALID',
      message: /^(?![\s\S]*hush)[\s\S]*OTEL_EXPORTER_OTLP_HEADERS/,
    });
  }
});

t.test('without an endpoint nothing is traced, and work is done all the same', async (t) => {
  const config = loadConfig(Variables, {});
  const log = makeLogger({ name: 'test', level: 'silent' });
  const tracing = await openTracing({ config, serviceName: 'dancer', log });
  t.equal(tracing, NO_TRACING);
  const span = tracing.begin('evening');
  t.equal(span.traceparent, undefined);
  const answer = await finishSpan(span, () => inSpan('step', async () => activeSpan().place ?? 'none'));
  t.equal(answer, 'none');
  await tracing.close();
});
