import { hostname } from 'node:os';
import {
  type Database,
  listTaskOverviews,
  type TaskFigures,
  type TaskOverview,
  taskFigures,
} from '@bachata-buddy/database';
import { makeLogger, parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { TASK_STATUSES } from '@bachata-buddy/vocabulary';
import { type CommandConfig, readCommandConfig } from '../config.ts';
import { makeDispatcher } from '../launch/dispatcher.ts';
import { openPlatformLauncher } from '../launch/open-platform-launcher.ts';
import { recoverTasks, type Swept } from '../launch/recovery.ts';
import { parseChoice, parseWholeNumber, requireOptionsOf } from './choice.ts';
import { withDatabase } from './with-database.ts';

const LEAST_ENDED = 10;

const HELP = `
Usage: pnpm tasks sweep
       pnpm tasks list [--status STATUS] [--limit N]

sweep  looks once for tasks that nobody works on any more and launches them again, or fails them after the third
       time; the API does the same every ten seconds, and one at a time is at it. With JOB_LAUNCHER=cloud-run it also
       submits what waits in the queue, so that a scheduler keeps tasks moving while no API runs. With LOG_LEVEL=info
       it logs how many tasks are open and queued, the age of the oldest, and how many of a hundred failed in 24 hours.
list   the newest tasks of all users, newest first: id, status, when made, last heartbeat, progress, attempts, launches,
       execution on the platform, error.

  --status STATUS  ${TASK_STATUSES.join(', ')}
  --limit N        so many tasks (20), 1 or more

The database is that of DATABASE_URL, or else the embedded one under .data.
`;

const OPTIONS_OF = { list: ['status', 'limit'], sweep: [] };

async function main(): Promise<undefined> {
  const { positionals, values } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: { status: { type: 'string' }, limit: { type: 'string' } },
    maxPositionals: 1,
  });
  const [action] = positionals;
  if (action !== 'sweep' && action !== 'list') {
    throw usageError('Give sweep or list. See pnpm tasks list --help.');
  }
  requireOptionsOf(action, OPTIONS_OF, values);
  const config = readCommandConfig();
  const answer = await withDatabase(config.DATABASE_URL, (database) =>
    action === 'sweep' ? sweepOnce(database, config) : listTasks(database, values),
  );
  process.stdout.write(`${answer}\n`);
}

async function sweepOnce(database: Database, config: CommandConfig): Promise<string> {
  const log = makeLogger({ name: 'tasks', level: config.LOG_LEVEL });
  const launcher = await openPlatformLauncher(config);
  // No job runs in this process.
  const bystander = { stop: () => false, nudge: () => {} };
  try {
    const outcome = await recoverTasks({
      database,
      dispatcher: bystander,
      platform: launcher?.platform,
      log,
      longestWaitSec: config.QUEUE_MAX_WAIT_SEC,
    });
    log.info(figuresForLog(await taskFigures(database)), 'open tasks');
    const swept = wordsFor(outcome);
    if (launcher === undefined) return `${swept} The API launches what waits in the queue.`;
    const owner = `${hostname()}:${process.pid}`;
    const launched = await makeDispatcher({ database, launcher, log, owner }).drain();
    return `${swept} ${launched} submitted.`;
  } finally {
    await launcher?.platform?.close();
  }
}

/** What alerts are made of. */
function figuresForLog({ countOf, brokenCount, queuedCount, oldestOpenSec }: TaskFigures) {
  const ended = countOf.completed + brokenCount;
  return {
    openTasks: countOf.pending + countOf.started + countOf.running,
    queuedTasks: queuedCount,
    oldestOpenSec: Math.round(oldestOpenSec),
    // Of a few tasks no share can be told.
    failedPercent: ended < LEAST_ENDED ? 0 : Math.round((100 * brokenCount) / ended),
  };
}

function wordsFor(swept: Swept): string {
  if (swept === 'elsewhere') return 'Another process is sweeping just now.';
  if (swept === 'unwatched')
    return 'Nobody has looked of late, so that nobody can be called silent yet: the next sweep can.';
  const { relaunched, failed, abandoned, overdue, waits } = swept;
  const gone = failed + abandoned + overdue;
  return `${relaunched} to be launched again, ${gone} failed, ${waits} still being started.`;
}

async function listTasks(
  database: Database,
  values: { readonly status?: string | undefined; readonly limit?: string | undefined },
): Promise<string> {
  const status = parseChoice('status', values.status, TASK_STATUSES);
  const limit = parseWholeNumber('limit', values.limit, 1) ?? 20;
  const tasks = await listTaskOverviews(database, { limit, status });
  return tasks.map(lineOf).join('\n') || 'There is no such task.';
}

function lineOf(task: TaskOverview): string {
  const { taskId, status, progress, attempt, launches, createdAt, heartbeatAt, executionName, error } = task;
  const execution = executionName?.split('/').at(-1) ?? '-';
  const times = [createdAt.toISOString(), heartbeatAt?.toISOString() ?? '-'];
  const figures = [`${progress} %`, `attempt ${attempt}`, `launch ${launches ?? 0}`];
  return [taskId, status.padEnd(9), ...times, ...figures, execution, error ?? ''].join('  ').trimEnd();
}

await runCommand(main);
