import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrateDatabase } from '@bachata-buddy/database';
import { startTestServer } from '@bachata-buddy/database/testkit';
import { makeApiProcess } from '../../infra/dev/system/api-process.ts';
import { type ApiUser, accepted, followTask, registerUser } from '../../infra/dev/system/api-user.ts';
import { builtApps } from '../../infra/dev/system/built-apps.ts';
import { commonEnvironment } from '../../infra/dev/system/common-environment.ts';
import { programsOf } from '../../infra/dev/system/programs.ts';
import { makeDirectory, type TeardownContext, withTeardown } from '../../infra/dev/system/teardown.ts';
import { infraError } from '../../infra/errors.ts';
import { median } from '../median.ts';
import { journeyIngest, KEPT_DIRECTORY } from './catalogue.ts';

const WANTED_SEC = 5;

export interface JourneyOptions {
  readonly rounds: number;
  readonly isJson: boolean;
  readonly say: (line: string) => void;
}

/** Seconds of one request, step by step. */
interface Journey {
  readonly total: number;
  /** Until the API has answered: song, plan, document. */
  readonly answer: number;
  /** Until the job begins: its order taken, its process started. */
  readonly start: number;
  readonly fetch: number;
  readonly render: number;
  readonly write: number;
  readonly verify: number;
  /** Claim, blueprint, storing the video, the task's end. */
  readonly rest: number;
}

const REQUESTS: Readonly<Record<string, Omit<Wish, 'seed'>>> = {
  'default request': {},
  'smooth transitions': { query: 'a romantic bachata with smooth transitions' },
};

/**
 * From the request for a dance to a video that plays, through HTTP, with the job as a process of the API; each time
 * with another seed, so that another dance is asked for.
 *
 * @throws AppError `BENCH_FAILED` where the middle of the default requests takes longer than is wanted
 */
export async function benchJourney({ rounds, isJson, say }: JourneyOptions): Promise<void> {
  await withTeardown(async (context) => {
    const ask = await startService(context);
    const results: Record<string, Journey> = {};
    for (const [name, body] of Object.entries(REQUESTS)) {
      const journeys: Journey[] = [];
      // The first round fills the caches of the API's process.
      for (let seed = 0; seed <= rounds; seed += 1) {
        const journey = await ask({ ...body, seed });
        if (seed > 0) journeys.push(journey);
      }
      results[name] = middleOf(journeys);
      if (!isJson) say(describe(name, results[name]));
    }
    if (isJson) say(JSON.stringify(results, null, 2));
    const total = results['default request']!.total;
    if (total > WANTED_SEC)
      throw infraError('BENCH_FAILED', `A video takes ${total.toFixed(1)} s, not ${WANTED_SEC}.`);
  });
}

interface Wish {
  readonly query?: string;
  readonly seed: number;
}

type Ask = (wish: Wish) => Promise<Journey>;

async function startService(context: TeardownContext): Promise<Ask> {
  const directory = await makeDirectory(context);
  await mkdir(join(directory, 'tmp'));
  const server = await startTestServer();
  context.teardown(() => server.stop());
  await migrateDatabase(server.url);
  const environment = {
    ...commonEnvironment(server.url, directory),
    LOCAL_STORAGE_PATH: join(KEPT_DIRECTORY, 'media'),
    RENDER_CACHE_DIR: join(directory, 'kept'),
    LOG_LEVEL: 'info',
  };
  const start = programsOf(await builtApps('api', 'job', 'ingest'));
  const ingest = start('ingest', { args: await journeyIngest(), environment });
  if ((await once(ingest, 'close'))[0] !== 0) throw infraError('BENCH_FAILED', 'Ingest failed.');
  const log = makeTimingLog();
  const api = await makeApiProcess({ start, environment, onLogLine: log.read });
  context.teardown(() => api.stop());
  await api.start();
  const traveller = await registerUser(api.origin, 'traveller');
  return async (wish) => {
    const startedAt = performance.now();
    const taskId = await askFor(traveller, wish);
    const answer = (performance.now() - startedAt) / 1_000;
    const task = await followTask(traveller, taskId);
    const total = (performance.now() - startedAt) / 1_000;
    if (task.status !== 'completed') throw infraError('BENCH_FAILED', `The task failed: ${task.error}`);
    return { total, answer, ...sharesOf(await log.timingsOf(taskId), total - answer) };
  };
}

/** @returns the task's id */
async function askFor({ client }: ApiUser, { query, seed }: Wish): Promise<string> {
  if (query !== undefined)
    return accepted(await client.POST('/api/choreography/generate-with-ai', { body: { query, seed } }))
      .task_id;
  const body = { song_id: 1, difficulty: 'intermediate' as const, seed };
  return accepted(await client.POST('/api/choreography/generate-from-song', { body })).task_id;
}

interface JobTimings {
  readonly taskId: string;
  readonly elapsedMs: number;
  readonly timingsMs: Record<'fetch' | 'render' | 'write' | 'verify', number>;
}

/** What jobs say of themselves in their logs, which the API passes on. */
function makeTimingLog() {
  const found = new Map<string, JobTimings>();
  const waiting = new Map<string, (timings: JobTimings) => void>();
  return {
    read(line: string): void {
      if (!line.includes('"timingsMs"')) return;
      const timings = JSON.parse(line) as JobTimings;
      found.set(timings.taskId, timings);
      waiting.get(timings.taskId)?.(timings);
    },
    timingsOf(taskId: string): Promise<JobTimings> {
      const timings = found.get(taskId);
      if (timings !== undefined) return Promise.resolve(timings);
      return new Promise((resolve) => waiting.set(taskId, resolve));
    },
  };
}

function sharesOf(
  { elapsedMs, timingsMs }: JobTimings,
  afterAnswerSec: number,
): Omit<Journey, 'total' | 'answer'> {
  const { fetch, render, write, verify } = timingsMs;
  const seconds = (milliseconds: number): number => milliseconds / 1_000;
  return {
    start: Math.max(0, afterAnswerSec - seconds(elapsedMs)),
    fetch: seconds(fetch),
    render: seconds(render),
    write: seconds(write),
    verify: seconds(verify),
    rest: seconds(elapsedMs - fetch - render - write - verify),
  };
}

function middleOf(journeys: readonly Journey[]): Journey {
  const steps = Object.keys(journeys[0]!) as (keyof Journey)[];
  const middle = { ...journeys[0]! };
  for (const step of steps) middle[step] = median(journeys.map((journey) => journey[step]));
  return middle;
}

function describe(name: string, { total, ...steps }: Journey): string {
  const shares = Object.entries(steps).map(([step, sec]) => `${step} ${sec.toFixed(2)}`);
  return `journey, ${name}: ${total.toFixed(2)} s (${shares.join(', ')})`;
}
