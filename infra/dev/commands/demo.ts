import { once } from 'node:events';
import { join } from 'node:path';
import { DEMO_WISHES, describeDemoLibrary } from '@bachata-buddy/demo';
import { makeProgressLine, parseCommandLine, runCommand, toError } from '@bachata-buddy/platform';
import { infraError } from '../../errors.ts';
import { type ApiUser, accepted, followTask, signIn, type Task } from '../system/api-user.ts';
import { makeDemoLink } from './demo-link.ts';
import { type BackgroundRun, keptSecret, type LocalStack, makeLocalStack } from './local-stack.ts';
import { ensureMediaTools } from './media-tools.ts';
import { portOf } from './port-option.ts';

const HELP = `
Usage: pnpm demo [--once] [--port N]

From nothing to a playing video: starts PostgreSQL and the API, makes of the demo library (songs and dancers) what the
first choreography shows, asks the API for it over HTTP, then the same for a second one, of a sentence; draws the rest
while it keeps serving the page, with a link that signs in and shows the dance. A run that was ended is continued by the next.

  --once     end after the two videos, with exit code 0
  --port N   where the API listens (default 8000)

Everything it makes lies in .data/; delete that folder to start afresh.
`;

const DEMO_USERNAME = 'demo';
const INGEST = 'apps/ingest/src/main.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseCommandLine({
    help: HELP,
    options: { once: { type: 'boolean' }, port: { type: 'string', default: '8000' } },
    args: process.argv.slice(2),
  });
  const port = portOf(values.port);
  const tools = await ensureMediaTools(say);
  process.env.FFMPEG_PATH = tools.ffmpegPath;
  process.env.FFPROBE_PATH = tools.ffprobePath;
  say(`ffmpeg   ${tools.ffmpegVersion}, ${tools.ffmpegPath}`);
  const stack = await makeLocalStack({ port, say });
  const interrupted = once(process, 'SIGINT').then(() => 'SIGINT');
  const terminated = once(process, 'SIGTERM').then(() => 'SIGTERM');
  try {
    const shown = showVideos(stack, values.once === true);
    const isStopped = await Promise.race([shown.then(() => false), interrupted, terminated]);
    if (values.once !== true && isStopped === false) {
      say('\nServing. Ctrl-C stops it.');
      drawTheRest(stack);
      await Promise.race([interrupted, terminated]);
    }
    return 0;
  } finally {
    await stack.stop();
  }
}

async function showVideos(stack: LocalStack, isOnce: boolean): Promise<void> {
  say('Making a song and drawing the moves of its choreography: about half a minute on two cores, once …');
  const api = await stack.startApi({ logLevel: 'warn' });
  api.once('exit', (code) => {
    if (code !== null && code !== 0) say(`The API ended with exit code ${code}.`);
  });
  const page = isOnce ? null : stack.buildStudio();
  // Where the first video fails, nobody waits for it any more.
  page?.ended.catch(() => {});
  await stack.run(INGEST, ['--demo', '--first', '1']);
  const password = await keptSecret('demo-password');
  const user = await signIn(stack.baseUrl, DEMO_USERNAME, password);
  const forSecond = stack.runInBackground(INGEST, ['--demo', '--first', '2']);
  forSecond.ended.catch(() => {});
  const first = await generateFromSong(user);
  showVideo(stack, first);
  if (page !== null) await showPage(stack, page, first.task_id);
  say('\nDrawing what a second choreography shows beyond that: about half a minute, once …');
  forSecond.showOutput();
  await forSecond.ended;
  const [, { query }] = DEMO_WISHES;
  const ask = async () =>
    accepted(await user.client.POST('/api/choreography/generate-with-ai', { body: { query } })).task_id;
  showVideo(stack, await generate(user, `"${query}"`, ask));
  if (isOnce) return;
  say('');
  say(`Page     ${stack.baseUrl}/`);
  say(`API      ${stack.baseUrl}/api/docs/`);
  const login = JSON.stringify({ username: DEMO_USERNAME, password });
  say(`Login    POST ${stack.baseUrl}/api/auth/login/  ${login}`);
}

async function generateFromSong(user: ApiUser): Promise<Task> {
  const [wish] = DEMO_WISHES;
  const title = describeDemoLibrary().songs.find(({ songId }) => songId === wish.songId)?.title ?? '';
  const params = { query: { search: title } };
  const [song] = accepted(await user.client.GET('/api/choreography/songs/', { params })).results;
  if (song === undefined) throw infraError('VIDEO_NOT_MADE', `There is no song "${title}".`);
  const { difficulty, energyLevel, style } = wish;
  const body = { song_id: song.id, difficulty, energy_level: energyLevel, style };
  return generate(user, `"${title}", ${song.bpm} BPM`, async () => {
    return accepted(await user.client.POST('/api/choreography/generate-from-song', { body })).task_id;
  });
}

function showVideo(stack: LocalStack, { result }: Task): void {
  const url = result?.video_url ?? '';
  say(`  ${stack.baseUrl}${url}`);
  say(`  ${join(stack.environment.LOCAL_STORAGE_PATH ?? '', url.replace(/^\/media\//, ''))}`);
}

/** The page, signed in, with the dance. Without one the videos are there all the same. */
async function showPage(stack: LocalStack, page: BackgroundRun, taskId: string): Promise<void> {
  try {
    await page.ended;
  } catch (thrown) {
    page.showOutput();
    say(toError(thrown).message);
    return;
  }
  const databaseUrl = stack.environment.DATABASE_URL ?? '';
  const { baseUrl } = stack;
  const link = await makeDemoLink({ databaseUrl, baseUrl, username: DEMO_USERNAME, taskId });
  say('\nSee it, practise it, change it (the link signs you in: once, within 15 minutes, on this machine):');
  say(`  ${link}`);
}

/** What no video has shown yet, below all that serves. */
function drawTheRest(stack: LocalStack): void {
  const rest = stack.runInBackground(INGEST, ['--demo']);
  rest.showOutput();
  rest.ended.catch((thrown: unknown) => {
    if (!stack.isStopping()) say(`${toError(thrown).message} The next run goes on.`);
  });
}

/** @param ask asks for it, and gets the task's id */
async function generate(user: ApiUser, title: string, ask: () => Promise<string>): Promise<Task> {
  say(`\nA choreography for ${title}`);
  const line = makeProgressLine('  ', process.stdout);
  line.show(0, 'Listening to the song and choosing moves …');
  const task = await followTask(user, await ask(), {
    onState: ({ progress, message }) => line.show(progress / 100, message),
  });
  if (task.status === 'failed') {
    line.end(task.message);
    throw infraError('VIDEO_NOT_MADE', `The choreography failed: ${task.error}`);
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

await runCommand(main);
