import { makeLogger } from '@bachata-buddy/platform';
import { openTracing, traceLogFields } from '@bachata-buddy/telemetry';
import { type ReceivedSpan, startOtlpReceiver } from '@bachata-buddy/telemetry/testkit';
import t from 'tap';
import { makePlanner } from '../src/generate/planner.ts';
import { addUser } from './catalogue.ts';
import { makePretendLauncher, until } from './launch/pretend-launcher.ts';
import { actAs, makeTestApp, type TestAppOptions } from './make-test-app.ts';
import { addPlanningCatalogue } from './planning-scene.ts';
import type { Tap } from './tap.ts';

const PARENT = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** An app whose traces go to a collector here, and what its log says. */
async function makeTracedApp(t: Tap, options: TestAppOptions = {}) {
  const receiver = await startOtlpReceiver();
  t.teardown(() => receiver.close());
  const lines: Record<string, unknown>[] = [];
  const log = makeLogger({
    name: 'api',
    level: 'info',
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
    fields: traceLogFields('my-project'),
  });
  const config = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    OTEL_TRACES_SAMPLER: 'parentbased_always_on',
    OTEL_TRACES_SAMPLER_ARG: 1,
  } as const;
  const tracing = await openTracing({ config, serviceName: 'bachata-buddy-api', log });
  const scene = await makeTestApp(t, { log, tracing, ...options });
  /** Ends the app, so that all it has to send is sent. */
  const spans = async (): Promise<readonly ReceivedSpan[]> => {
    await scene.app.close();
    await tracing.close();
    return receiver.spans;
  };
  return { ...scene, lines, spans };
}

t.test('a generation is one trace, from the caller’s span to the environment of the job', async (t) => {
  const { launcher, records } = makePretendLauncher(t, { mode: 'finish' });
  const log = makeLogger({ name: 'planner', level: 'silent' });
  const { app, database, lines, spans } = await makeTracedApp(t, {
    launcher,
    makePlanner: (opened) => makePlanner({ ...opened, log }),
  });
  await addPlanningCatalogue(database);
  const answer = await actAs(
    app,
    await addUser(database, 'maria'),
  )({
    method: 'POST',
    url: '/api/choreography/generate-with-ai/',
    payload: { query: 'a romantic bachata for beginners, slow and sensual' },
    headers: { traceparent: `00-${PARENT.traceId}-${PARENT.spanId}-01` },
  });
  t.equal(answer.statusCode, 202);
  const { TRACEPARENT = '' } = (await until('the job', () => records()[0]))?.env ?? {};
  await until('its end', () => lines.some(({ message }) => message === 'job ended'));
  const all = await spans();
  const named = (name: string) => all.filter((span) => span.name === name)[0];
  const request = named('POST /api/choreography/generate-with-ai');
  t.match(request, {
    service: 'bachata-buddy-api',
    kind: 2,
    traceId: PARENT.traceId,
    parentSpanId: PARENT.spanId,
    hasFailed: false,
    attributes: { 'http.response.status_code': 202, 'task.id': answer.json().task_id },
  });
  const steps = ['parse query', 'select song', 'analyse song', 'load moves', 'plan choreography'];
  for (const name of [...steps, 'store blueprint', 'launch job'])
    t.match(named(name), { traceId: PARENT.traceId, parentSpanId: request?.spanId }, name);
  const launch = named('launch job');
  t.match(launch?.attributes, { 'launch.number': 1, 'launch.outcome': 'finished' });
  t.equal(TRACEPARENT, `00-${PARENT.traceId}-${launch?.spanId}-01`);

  const trace = `projects/my-project/traces/${PARENT.traceId}`;
  const traceOf = (message: string) =>
    lines.find((line) => line.message === message)?.['logging.googleapis.com/trace'];
  t.equal(traceOf('request'), trace);
  t.equal(traceOf('job ended'), trace);
  t.equal(traceOf('what had expired was removed'), undefined, 'what belongs to no request says so');
});

t.test('what a dance says on its way is in the trace of its own request', async (t) => {
  const { launcher } = makePretendLauncher(t, { mode: 'finish' });
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const log = makeLogger({
    name: 'planner',
    level: 'warn',
    destination,
    fields: traceLogFields('my-project'),
  });
  const language = { answerJson: () => Promise.reject(new Error('no model today')) };
  const { app, database } = await makeTracedApp(t, {
    launcher,
    makePlanner: (opened) => makePlanner({ ...opened, log, language }),
  });
  const [song] = await addPlanningCatalogue(database);
  const act = actAs(app, await addUser(database, 'maria'));
  const traces = ['0af7651916cd43dd8448eb211c80319c', '1bf7651916cd43dd8448eb211c80319c'];
  for (const trace of traces)
    await act({
      method: 'POST',
      url: '/api/choreography/generate-from-song',
      payload: { song_id: song?.id, difficulty: 'beginner' },
      headers: { traceparent: `00-${trace}-${PARENT.spanId}-01` },
    });
  t.strictSame(
    lines.map((line) => [line.message, line['logging.googleapis.com/trace']]),
    traces.map((trace) => ['rules design the dance', `projects/my-project/traces/${trace}`]),
  );
});

t.test('a failure is marked, an address never becomes a name, and probes are not traced', async (t) => {
  const { app, database, spans } = await makeTracedApp(t);
  const { id, ...user } = await addUser(database, 'maria');
  const act = actAs(app, { id, ...user });
  await act({ url: '/api/health' });
  await act({ url: '/api/choreography/tasks/11111111-2222-4333-8444-555555555555/' });
  await act({ url: '/api/nowhere/1/' });
  await database.pool.query('drop table songs cascade');
  await act({ url: '/api/choreography/songs/' });
  t.match(
    (await spans()).map(({ name, hasFailed }) => [name, hasFailed]),
    [
      ['GET /api/choreography/tasks/:task_id/', false],
      ['GET unknown address', false],
      ['GET /api/choreography/songs/', true],
    ],
  );
});
