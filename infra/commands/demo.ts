import { once } from 'node:events';
import { join } from 'node:path';
import { AppError, makeProgressLine, parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { type ApiSession, openApiSession, type TaskDetail } from './api-session.ts';
import { keptSecret, type LocalStack, makeLocalStack } from './local-stack.ts';
import { ensureMediaTools } from './media-tools.ts';

const HELP = `
Usage: pnpm demo [--once] [--port N]

From nothing to a playing video: starts PostgreSQL, makes the demo library (songs and dancers) on first use,
starts the API, asks it for two choreographies over HTTP, one by song and one by sentence, and keeps serving.

  --once     end after the two videos, with exit code 0
  --port N   where the API listens (default 8000)

Everything it makes lies in .data/; delete that folder to start afresh.
`;

const DEMO_USERNAME = 'demo';
const SENTENCE = 'Create a romantic bachata for beginners with smooth transitions';

interface SongList {
  readonly results: readonly { id: number; title: string; artist: string; bpm: number; duration: number }[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseCommandLine({
    help: HELP,
    options: { once: { type: 'boolean' }, port: { type: 'string', default: '8000' } },
    args: process.argv.slice(2),
  });
  const tools = await ensureMediaTools(say);
  process.env.FFMPEG_PATH = tools.ffmpegPath;
  process.env.FFPROBE_PATH = tools.ffprobePath;
  const stack = await makeLocalStack({ port: portOf(values.port), say });
  const interrupted = once(process, 'SIGINT').then(() => 'SIGINT');
  const terminated = once(process, 'SIGTERM').then(() => 'SIGTERM');
  try {
    const ended = showEverything(stack);
    await Promise.race([ended, interrupted, terminated]);
    if (values.once !== true) {
      say('\nServing. Ctrl-C stops it.');
      await Promise.race([interrupted, terminated]);
    }
    return 0;
  } finally {
    await stack.stop();
  }
}

async function showEverything(stack: LocalStack): Promise<void> {
  await stack.run('apps/ingest/src/main.ts', ['--demo']);
  const api = await stack.startApi({ logLevel: 'warn' });
  api.once('exit', (code) => {
    if (code !== null && code !== 0) say(`The API ended with exit code ${code}.`);
  });
  const password = await keptSecret('demo-password');
  const session = await openApiSession(stack.baseUrl, DEMO_USERNAME, password);
  const { results: songs } = await session.get<SongList>('/api/choreography/songs/?ordering=-bpm');
  const song = songs[0];
  if (song === undefined) throw new AppError('The library holds no song.', { code: 'DEMO_FAILED' });
  const videos = [
    await generate(session, `"${song.title}", ${song.bpm} BPM`, '/api/choreography/generate-from-song', {
      song_id: song.id,
      difficulty: 'intermediate',
      energy_level: 'high',
      style: 'modern',
    }),
    await generate(session, `"${SENTENCE}"`, '/api/choreography/generate-with-ai', { query: SENTENCE }),
  ];
  say('');
  for (const task of videos) {
    const url = task.result?.video_url ?? '';
    say(`Video    ${join(stack.environment.LOCAL_STORAGE_PATH ?? '', url.replace(/^\/media\//, ''))}`);
    say(`         ${stack.baseUrl}${url}`);
  }
  say(`API      ${stack.baseUrl}/api/docs/`);
  say(
    `Login    POST ${stack.baseUrl}/api/auth/login/  {"username":"${DEMO_USERNAME}","password":"${password}"}`,
  );
}

async function generate(
  session: ApiSession,
  title: string,
  path: string,
  body: unknown,
): Promise<TaskDetail> {
  say(`\nA choreography for ${title}`);
  const line = makeProgressLine('  ', process.stdout);
  line.show(0, 'Listening to the song and choosing moves …');
  const { poll_url } = await session.post<{ poll_url: string }>(path, body);
  const task = await session.follow(poll_url, ({ progress, message }) => line.show(progress / 100, message));
  if (task.status === 'failed') {
    line.end(task.message);
    throw new AppError(`The choreography failed: ${task.error}`, { code: 'DEMO_FAILED' });
  }
  const result = task.result;
  line.end(
    `${result?.num_moves} moves, ${result?.duration.toFixed(1)} s, ${megabytes(result?.file_size)} MB`,
  );
  return task;
}

function megabytes(sizeBytes = 0): string {
  return (sizeBytes / 1e6).toFixed(1);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new AppError('--port takes a number from 1 to 65535.', { code: 'USAGE' });
}

await runCommand(main);
