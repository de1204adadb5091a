import { registerUser } from '../../system/api-user.ts';
import { makeCloudScene } from '../harness/cloud-scene.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { readSongsOnAndOn, takenMsOfSongs } from '../harness/song-reads.ts';

/** Registrations, and as many logins, all at once. */
const CROWD = { small: 10, full: 200 } as const;
/** What somebody else may wait for a list of songs, of a hundred ninety-five times. */
const PATIENCE_MS = 250;
const PASSWORD = 'una-noche-muy-larga';
const EXPECTED = new Set([200, 201, 429, 503]);

/** A crowd that registers and logs in, and somebody who only wants to read. */
export const loginStorm: Scenario = {
  name: 'login-storm',
  promise: 'a crowd that registers and logs in at once does not keep others from reading',
  async run(context) {
    const crowd = CROWD[context.scale];
    const scene = await makeCloudScene(context, { isRendering: false });
    const api = await scene.makeApi();
    await api.start();
    const { headers: reader } = await registerUser(api.origin, 'reader');
    await registerUser(api.origin, 'everybody', PASSWORD);
    const songs = { origin: api.origin, headers: reader };
    // The first ones of a process take longer.
    for (let count = 0; count < 20; count += 1) await takenMsOfSongs(songs);
    const storm = new AbortController();
    const reads = readSongsOnAndOn(songs, storm.signal);
    const began = performance.now();
    const statuses = await Promise.all(
      Array.from({ length: crowd }, (_, index) => [
        post(api.origin, 'register', { username: `one-${index}`, password: PASSWORD, password2: PASSWORD }),
        post(api.origin, 'login', { username: 'everybody', password: PASSWORD }),
      ]).flat(),
    );
    const tookMs = performance.now() - began;
    storm.abort();
    await api.stop();
    return judge(context, { statuses, readsMs: await reads, tookMs });
  },
};

async function post(origin: string, name: string, body: object): Promise<number> {
  const answer = await fetch(`${origin}/api/auth/${name}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
  return answer.status;
}

interface Storm {
  readonly statuses: readonly number[];
  readonly readsMs: readonly number[];
  readonly tookMs: number;
}

function judge({ scale }: ScenarioContext, { statuses, readsMs, tookMs }: Storm): ScenarioResult {
  const sorted = readsMs.toSorted((a, b) => a - b);
  const p95Ms = sorted[Math.floor(sorted.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  const served = statuses.filter((status) => status === 200 || status === 201).length;
  const others = statuses.filter((status) => !EXPECTED.has(status));
  const problems: string[] = [];
  if (others.length > 0)
    problems.push(`${others.length} answers of the crowd were ${[...new Set(others)].join(', ')}`);
  if (sorted.some((ms) => ms === Number.POSITIVE_INFINITY)) problems.push('a read was not answered with 200');
  // On a machine that does other things besides nothing can be said of times.
  if (scale === 'full' && !(p95Ms < PATIENCE_MS))
    problems.push(`95 of 100 reads took up to ${Math.round(p95Ms)} ms`);
  const summary =
    `${statuses.length} registrations and logins at once: ${served} served, ${statuses.length - served - others.length} told to come again, ` +
    `in ${(tookMs / 1_000).toFixed(1)} s; ${sorted.length} reads of somebody else meanwhile, p95 ${Math.round(p95Ms)} ms`;
  return { held: problems.length === 0, summary, problems };
}
