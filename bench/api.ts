import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from '@bachata-buddy/database/testkit';
import { registerUser } from '../infra/dev/system/api-user.ts';
import { infraError } from '../infra/errors.ts';
import { type Catalogue, fillCatalogue, prepareDatabase } from './api-catalogue.ts';
import { type Load, type LoadFigures, measureLoad } from './measure-load.ts';
import { median } from './median.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const ROUND_SEC = 2;
const WARM_UP_SEC = 4;
const CONNECTIONS = 16;
const PAGE_SIZE = 20;
/** Of the bare server's rate; the API checks a login, an owner and its answer as well. */
const WANTED_SHARE = 0.5;

type Side = 'ours' | 'bare';
type Target = Pick<Load, 'origin' | 'paths' | 'headers'>;

interface Comparison {
  readonly title: string;
  readonly targets: Readonly<Record<Side, Target>>;
}

export interface ApiBenchOptions {
  readonly rounds: number;
  readonly say: (line: string) => void;
}

/**
 * What the API serves in a second, beside a bare server that sends the same rows: two processes on one database, each
 * asked in turn.
 *
 * @throws AppError `BENCH` where the API reaches less of the bare server's rate than is wanted
 */
export async function benchApi({ rounds, say }: ApiBenchOptions): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'bachata-bench-'));
  const database = await startTestServer();
  const servers: ServerProcess[] = [];
  try {
    await prepareDatabase(database.url);
    const environment = {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      LOCAL_STORAGE_PATH: directory,
      JWT_SECRET: 'of-this-bench-alone-and-of-enough-characters',
    };
    const script = 'apps/api/src/server.ts';
    const ours = await startServer({ script, environment, readyPath: '/api/ready' });
    servers.push(ours);
    const bare = await startServer({ script: 'bench/bare-server.ts', environment, readyPath: '/ready' });
    servers.push(bare);
    const { headers, id: userId } = await registerUser(ours.origin, 'bench');
    const catalogue = await fillCatalogue(database.url, userId);
    const missed: string[] = [];
    for (const comparison of comparisonsOf({ ours, bare, headers, catalogue })) {
      const share = await compareLoads(comparison, { rounds, say });
      if (share < WANTED_SHARE) missed.push(comparison.title);
    }
    if (missed.length > 0)
      throw infraError(
        'BENCH_FAILED',
        `Less than ${WANTED_SHARE} of the bare server's rate: ${missed.join(', ')}.`,
      );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Sides {
  readonly ours: ServerProcess;
  readonly bare: ServerProcess;
  readonly headers: Readonly<Record<string, string>>;
  readonly catalogue: Catalogue;
}

function comparisonsOf({ ours, bare, headers, catalogue }: Sides): Comparison[] {
  const pages = Array.from({ length: catalogue.songCount / PAGE_SIZE }, (_, index) => index + 1);
  const compared = (title: string, oursPaths: string[], barePaths: string[]): Comparison => ({
    title,
    targets: {
      ours: { origin: ours.origin, paths: oursPaths, headers },
      bare: { origin: bare.origin, paths: barePaths },
    },
  });
  return [
    compared(
      'task detail',
      catalogue.taskIds.map((id) => `/api/choreography/tasks/${id}`),
      catalogue.taskIds.map((id) => `/tasks/${id}`),
    ),
    compared(
      'songs list',
      pages.map((page) => `/api/choreography/songs/?page=${page}`),
      pages.map((page) => `/songs?page=${page}`),
    ),
  ];
}

/** Round by round in turn, so that what disturbs one disturbs both; returns ours as a share of the bare server's rate. */
async function compareLoads(
  { title, targets }: Comparison,
  { rounds, say }: ApiBenchOptions,
): Promise<number> {
  say(`api: ${title}, ${CONNECTIONS} connections, ${ROUND_SEC} s each`);
  const figures: Record<Side, LoadFigures[]> = { ours: [], bare: [] };
  const sides = ['ours', 'bare'] as const;
  for (const side of sides)
    await measureLoad({ ...targets[side], durationSec: WARM_UP_SEC, connections: CONNECTIONS });
  for (let round = 1; round <= rounds; round += 1) {
    for (const side of sides) {
      const measured = await measureLoad({
        ...targets[side],
        durationSec: ROUND_SEC,
        connections: CONNECTIONS,
      });
      figures[side].push(measured);
      const { requestsPerSec, p99Ms } = measured;
      say(
        `  round ${round}  ${side}  ${requestsPerSec.toFixed(0).padStart(6)} requests/s  p99 ${p99Ms.toFixed(0).padStart(4)} ms`,
      );
    }
  }
  const ratioOf = (of: (measured: LoadFigures) => number) =>
    median(figures.ours.map(of)) / median(figures.bare.map(of));
  const share = ratioOf(({ requestsPerSec }) => requestsPerSec);
  const slowness = ratioOf(({ p99Ms }) => p99Ms);
  say(
    `  ours reaches ${share.toFixed(2)} of the bare server's rate (wanted: ${WANTED_SHARE}), its p99 is ${slowness.toFixed(2)} times as long`,
  );
  return share;
}
