import { setTimeout as sleep } from 'node:timers/promises';
import { hostileFiles } from '@bachata-buddy/media/testkit';
import { registerUser } from '../../system/api-user.ts';
import { makeDirectory } from '../../system/teardown.ts';
import { makeCloudScene } from '../harness/cloud-scene.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { readSongsOnAndOn, type SongReader, takenMsOfSongs } from '../harness/song-reads.ts';

const FIGURES = {
  small: { fileCount: 6, idleMs: 500 },
  full: { fileCount: Number.POSITIVE_INFINITY, idleMs: 5_000 },
} as const;
/** As many at once as a client keeps connections. */
const AT_ONCE = 6;
/** What somebody else's reads may take in the middle, beside what they take when nobody uploads. */
const MOST_TIMES_IDLE = 2;

/** Somebody whose files want to take the service down, and somebody who only wants to read. */
export const hostileUploads: Scenario = {
  name: 'hostile-uploads',
  promise: 'files that are made to cost much are refused, and others are answered meanwhile as usual',
  async run(context) {
    const { fileCount, idleMs } = FIGURES[context.scale];
    const files = await hostileFiles(await makeDirectory(context), 'http://127.0.0.1:9/film.mp4');
    const contents = Object.values(files).filter((content) => content.length > 0);
    // Made before: the reader lives in this process, too, and is to wait for the service alone.
    const bodies = await Promise.all(contents.slice(0, fileCount).map(formWith));
    const scene = await makeCloudScene(context, { isRendering: false });
    const api = await scene.makeApi({ environment: { UPLOAD_RATE_LIMIT_PER_HOUR: '1000' } });
    await api.start();
    const { headers } = await registerUser(api.origin, 'reader');
    const mallory = await registerUser(api.origin, 'mallory');
    const reader = { origin: api.origin, headers };
    // The first ones of a process take longer.
    for (let count = 0; count < 20; count += 1) await takenMsOfSongs(reader);
    const idle = await readDuring(reader, () => sleep(idleMs));
    const statuses: number[] = [];
    const busy = await readDuring(reader, async () => {
      const left = [...bodies];
      const uploader = async () => {
        for (let body = left.pop(); body !== undefined; body = left.pop())
          statuses.push(await upload(api.origin, mallory.headers, body));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, uploader));
    });
    await api.stop();
    return judge(context, { statuses, idle, busy });
  },
};

async function readDuring(reader: SongReader, work: () => Promise<unknown>): Promise<number[]> {
  const ending = new AbortController();
  const reads = readSongsOnAndOn(reader, ending.signal);
  await work().finally(() => ending.abort());
  return reads;
}

/** A form as it goes over the wire. */
interface FormBody {
  readonly contentType: string;
  readonly bytes: ArrayBuffer;
}

async function formWith(content: Buffer): Promise<FormBody> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ title: 'x', difficulty: 'beginner', duration: '1' })) {
    form.append(name, value);
  }
  form.append('video_path', new Blob([Uint8Array.from(content)]), 'dance.mp4');
  const response = new Response(form);
  return { contentType: response.headers.get('content-type') ?? '', bytes: await response.arrayBuffer() };
}

async function upload(
  origin: string,
  headers: Record<string, string>,
  { contentType, bytes }: FormBody,
): Promise<number> {
  const answer = await fetch(`${origin}/api/collections/`, {
    method: 'POST',
    headers: { ...headers, 'content-type': contentType },
    body: bytes,
  });
  await answer.arrayBuffer();
  return answer.status;
}

interface Uploads {
  readonly statuses: readonly number[];
  /** Milliseconds of reads when nobody uploads, */
  readonly idle: readonly number[];
  /** and while somebody does. */
  readonly busy: readonly number[];
}

function judge({ scale }: ScenarioContext, { statuses, idle, busy }: Uploads): ScenarioResult {
  const [idleMs, busyMs] = [middle(idle), middle(busy)];
  const others = statuses.filter((status) => status !== 400);
  const problems: string[] = [];
  if (others.length > 0)
    problems.push(`${others.length} files were answered with ${[...new Set(others)].join(', ')}`);
  if (busy.includes(Number.POSITIVE_INFINITY)) problems.push('a read was not answered with 200');
  // On a machine that does other things besides nothing can be said of times.
  if (scale === 'full' && !(busyMs < MOST_TIMES_IDLE * idleMs))
    problems.push(`reads took ${(busyMs / idleMs).toFixed(1)} times as long as when nobody uploads`);
  const summary =
    `${statuses.length} hostile files: ${statuses.length - others.length} refused; ${busy.length} reads of somebody else meanwhile, ` +
    `median ${busyMs.toFixed(1)} ms beside ${idleMs.toFixed(1)} ms when nobody uploads`;
  return { held: problems.length === 0, summary, problems };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;
}
