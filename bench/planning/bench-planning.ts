import { connectDatabase, migrateDatabase } from '@bachata-buddy/database';
import { startTestServer } from '@bachata-buddy/database/testkit';
import { type ApiUser, accepted, registerUser } from '../../infra/dev/system/api-user.ts';
import { startJobPlatform } from '../../infra/dev/system/cloud-services.ts';
import { commonEnvironment } from '../../infra/dev/system/common-environment.ts';
import { makeDirectory, type TeardownContext, withTeardown } from '../../infra/dev/system/teardown.ts';
import { infraError } from '../../infra/errors.ts';
import { startServer } from '../server-process.ts';
import { addCatalogue } from './catalogue.ts';

const MOVES = 150;
const REQUESTS = 64;
const AT_ONCE = 8;
const WANTED = { p95OneByOneMs: 400, p95AtOnceMs: 1_200, longestHoldMs: 20 };
const WISHES = {
  'no wishes': {},
  'moves named': { wanted_moves: ['turn', 'body_wave'], refused_moves: ['dip'] },
} as const;
/** What a look for a free connection, a query or a hash may take of the loop is not what a plan takes. */
const WARM_UP = 8;

export interface PlanningBenchOptions {
  readonly isJson: boolean;
  readonly say: (line: string) => void;
}

interface Figures {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly longestHoldMs: number;
}

/**
 * From the request for a dance to its answer, for a song that has been listened to, over HTTP: one by one and eight at
 * once; and how long the event loop of the API is held meanwhile. Executions are only noted: nothing is rendered.
 *
 * @throws AppError `BENCH_FAILED` where an answer takes, or the loop is held, longer than is wanted
 */
export async function benchPlanning({ isJson, say }: PlanningBenchOptions): Promise<void> {
  await withTeardown(async (context) => {
    const service = await startService(context);
    const rows: Record<string, Figures> = {};
    for (const [name, wishes] of Object.entries(WISHES)) {
      await ask(service, wishes, { count: WARM_UP, atOnce: 1 });
      await service.longestHoldMs();
      for (const atOnce of [1, AT_ONCE]) {
        const row = `${name}, ${atOnce} at once`;
        rows[row] = await ask(service, wishes, { count: REQUESTS, atOnce });
        const { p50Ms, p95Ms, longestHoldMs } = rows[row];
        if (!isJson)
          say(
            `planning: ${row.padEnd(26)} median ${p50Ms.toFixed(0).padStart(4)} ms, p95 ${p95Ms.toFixed(0).padStart(4)} ms, loop held ${longestHoldMs.toFixed(1)} ms at most`,
          );
      }
    }
    if (isJson) say(JSON.stringify(rows, null, 2));
    assertWanted(rows);
  });
}

function assertWanted(rows: Readonly<Record<string, Figures>>): void {
  const missed = Object.entries(rows).filter(([name, { p95Ms, longestHoldMs }]) => {
    const wantedMs = name.endsWith(` ${AT_ONCE} at once`) ? WANTED.p95AtOnceMs : WANTED.p95OneByOneMs;
    return p95Ms > wantedMs || longestHoldMs > WANTED.longestHoldMs;
  });
  if (missed.length === 0) return;
  throw infraError('BENCH_FAILED', `Slower than is wanted: ${missed.map(([name]) => name).join('; ')}.`);
}

interface Service {
  readonly user: ApiUser;
  readonly songId: number;
  /** Since it was asked the last time. */
  readonly longestHoldMs: () => Promise<number>;
  nextSeed: number;
}

async function startService(context: TeardownContext): Promise<Service> {
  const directory = await makeDirectory(context);
  const server = await startTestServer();
  context.teardown(() => server.stop());
  await migrateDatabase(server.url);
  const database = connectDatabase({ url: server.url });
  context.teardown(() => database.close());
  const { songId } = await addCatalogue(database, MOVES);
  const platform = await startJobPlatform(context, { environment: {} });
  const api = await startServer({
    script: 'apps/api/src/server.ts',
    environment: { ...commonEnvironment(server.url, directory), ...platform.environment() },
    readyPath: '/api/ready',
    isProbed: true,
  });
  context.teardown(() => api.stop());
  const user = await registerUser(api.origin, 'planner');
  return { user, songId, longestHoldMs: api.longestHoldMs, nextSeed: 1 };
}

/** Asks for so many dances, each with another seed. */
async function ask(
  service: Service,
  wishes: object,
  { count, atOnce }: { readonly count: number; readonly atOnce: number },
): Promise<Figures> {
  const tookMs: number[] = [];
  const askOne = async (): Promise<void> => {
    const body = { song_id: service.songId, seed: service.nextSeed, difficulty: 'advanced' as const };
    service.nextSeed += 1;
    const startedAt = performance.now();
    accepted(
      await service.user.client.POST('/api/choreography/generate-from-song', {
        body: { ...body, ...wishes },
      }),
    );
    tookMs.push(performance.now() - startedAt);
  };
  const asker = async (): Promise<void> => {
    while (tookMs.length < count) await askOne();
  };
  await Promise.all(Array.from({ length: atOnce }, asker));
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => tookMs[Math.ceil(share * tookMs.length) - 1]!;
  return { p50Ms: at(0.5), p95Ms: at(0.95), longestHoldMs: await service.longestHoldMs() };
}
