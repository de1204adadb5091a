import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiProcess } from '../../system/api-process.ts';
import { registerUser } from '../../system/api-user.ts';
import { makeCloudScene } from '../harness/cloud-scene.ts';
import { queueTask } from '../harness/queued-tasks.ts';
import type { Scenario } from '../harness/scenario.ts';
import { type Exchange, type LoadOptions, putUnderLoad } from '../harness/steady-load.ts';
import { stockCatalogue } from '../harness/stock-catalogue.ts';

const EXIT_WITHIN_MS = 8_000;
const ROUNDS = { small: 1, full: 15 } as const;
/** Beside other tests the service may be slow, and is not to cut anybody off for that; the full run keeps its default. */
const ENVIRONMENT = { small: { SHUTDOWN_DRAIN_MS: '60000' }, full: {} } as const;
/** 503 is what callers are told where the service is hopelessly behind: an answer, too. */
const ANSWERS: readonly (number | null)[] = [200, 503];
/** The signal comes at a random moment of the second half second. */
const LOAD_MS = 2_000;
const SIGNAL_AFTER_MS = 500;
const SIGNAL_WITHIN_MS = 500;

/** What one round came to. */
interface Round {
  readonly exchanges: readonly Exchange[];
  readonly signalAtMs: number;
  readonly exitMs: number;
  readonly exitCode: number | null;
}

/** SIGTERM under load: whoever was being served is served, nobody else is let in, and the process ends in time. */
export const sigtermApi: Scenario = {
  name: 'sigterm-api',
  promise: 'SIGTERM under 100 requests a second breaks no answer, and the API exits within 8 s',
  async run(context) {
    const { scale, random, say } = context;
    const scene = await makeCloudScene(context, { isRendering: false });
    await stockCatalogue(scene.db);
    const api = await scene.makeApi({ environment: { JOB_LAUNCHER: 'local', ...ENVIRONMENT[scale] } });
    await api.start();
    const { id: userId, headers } = await registerUser(api.origin, 'ana');
    const taskId = await queueTask(scene.db, { userId });
    const paths = ['/api/choreography/songs/', `/api/choreography/tasks/${taskId}/`, '/api/health'];
    const rounds: Round[] = [];
    for (let round = 1; round <= ROUNDS[scale]; round += 1) {
      const pauseMs = SIGNAL_AFTER_MS + random() * SIGNAL_WITHIN_MS;
      rounds.push(
        await endUnderLoad(api, { origin: api.origin, paths, headers, durationMs: LOAD_MS }, pauseMs),
      );
      say(`${round} of ${ROUNDS[scale]}: ${describe(rounds.slice(-1))}`);
      if (round < ROUNDS[scale]) await api.start();
    }
    const problems = rounds.flatMap(problemsOf);
    const exitMs = Math.max(...rounds.map((round) => round.exitMs));
    // A test beside others is no place to measure time; that it ends in order is asked for there, too.
    if (scale === 'full' && exitMs > EXIT_WITHIN_MS) problems.push(`the process ended after ${exitMs} ms`);
    return { held: problems.length === 0, summary: `${rounds.length} rounds: ${describe(rounds)}`, problems };
  },
};

async function endUnderLoad(api: ApiProcess, load: LoadOptions, pauseMs: number): Promise<Round> {
  const child = api.child();
  const loading = putUnderLoad(load);
  await sleep(pauseMs);
  const ended = once(child, 'exit').then(([code]) => ({
    exitCode: code as number | null,
    atMs: performance.now(),
  }));
  const signalAtMs = performance.now();
  child.kill('SIGTERM');
  const [exchanges, { exitCode, atMs }] = await Promise.all([loading, ended]);
  return { exchanges, signalAtMs, exitMs: atMs - signalAtMs, exitCode };
}

function problemsOf({ exchanges, signalAtMs, exitCode }: Round): string[] {
  const problems = exchanges
    .filter((one) => isBroken(one, signalAtMs))
    .map((one) => {
      const sinceMs = (one.sentAtMs - signalAtMs).toFixed(1);
      const connection = one.isReused ? 'a kept connection' : 'a new connection';
      return `${one.path} over ${connection}, sent ${sinceMs} ms after the signal: ${one.status} ${one.errorCode}`;
    });
  if (exitCode !== 0) problems.push(`the process ended with ${exitCode}`);
  return problems;
}

/** Sent before the signal and not answered, or answered in part, or with a failure. */
function isBroken({ sentAtMs, status, isWhole }: Exchange, signalAtMs: number): boolean {
  if (status === null) return sentAtMs < signalAtMs;
  return !isWhole || !ANSWERS.includes(status);
}

/** In numbers. */
function describe(rounds: readonly Round[]): string {
  const count = (is: (one: Exchange, signalAtMs: number) => boolean): number =>
    rounds.reduce(
      (sum, { exchanges, signalAtMs }) => sum + exchanges.filter((one) => is(one, signalAtMs)).length,
      0,
    );
  const whole = count(({ isWhole, status }) => isWhole && ANSWERS.includes(status));
  const late = count(({ sentAtMs, isWhole }, signalAtMs) => sentAtMs >= signalAtMs && isWhole);
  const refused = count((one) => one.errorCode === 'ECONNREFUSED');
  const reset = count((one) => one.status === null && one.errorCode !== 'ECONNREFUSED');
  const exitMs = Math.max(...rounds.map((round) => round.exitMs));
  return (
    `${whole} answered whole, ${late} of them sent after the signal, ${refused} refused, ` +
    `${reset} closed before an answer, ${count(isBroken)} broken; exit within ${Math.round(exitMs)} ms`
  );
}
