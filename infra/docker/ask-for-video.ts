import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { accepted, followTask, signIn } from '../dev/system/api-user.ts';
import { infraError } from '../errors.ts';

const HELP = `
Usage: node infra/build/run-program.mjs infra/docker/ask-for-video.ts URL

Asks a running API for a choreography of its shortest song, waits for the video and fetches it from where it plays.
Prints the task's id. Registers the user "visitor" on first use: for installations that are thrown away.
`;

async function main(): Promise<undefined> {
  const { positionals } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: {},
    maxPositionals: 1,
  });
  const [baseUrl] = positionals;
  if (baseUrl === undefined) throw usageError('Give the address of the API.');
  const visitor = await signIn(baseUrl, 'visitor', 'una-noche-larga');
  const query = { ordering: 'duration' };
  const songs = accepted(await visitor.client.GET('/api/choreography/songs/', { params: { query } }));
  const [song] = songs.results;
  if (song === undefined) throw infraError('VIDEO_NOT_MADE', 'The API has no songs.');
  const body = { song_id: song.id, difficulty: 'beginner' as const };
  const started = await visitor.client.POST('/api/choreography/generate-from-song', { body });
  const { task_id: taskId } = accepted(started);
  const { status, error, result } = await followTask(visitor, taskId);
  if (status !== 'completed') throw infraError('VIDEO_NOT_MADE', `The task failed: ${error}`);
  const video = await fetch(new URL(result?.video_url ?? '', baseUrl));
  const { byteLength } = await video.arrayBuffer();
  if (!video.ok || byteLength !== result?.file_size)
    throw infraError('VIDEO_NOT_MADE', `${video.status} and ${byteLength} of ${result?.file_size} bytes.`);
  process.stdout.write(`${taskId}\n`);
}

await runCommand(main);
