import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { openApiSession } from '../dev/commands/api-session.ts';
import { infraError } from '../errors.ts';

const HELP = `
Usage: node infra/build/run-program.mjs infra/docker/ask-for-video.ts URL

Asks a running API for a choreography of its shortest song, waits for the video and fetches it from where it plays.
Prints the task's id. Registers the user "visitor" on first use: for installations that are thrown away.
`;

interface SongList {
  readonly results: readonly { readonly id: number }[];
}

async function main(): Promise<undefined> {
  const { positionals } = parseCommandLine({ help: HELP, args: process.argv.slice(2), options: {} });
  const [baseUrl] = positionals;
  if (baseUrl === undefined) throw usageError('Give the address of the API.');
  const session = await openApiSession(baseUrl, 'visitor', 'una-noche-larga');
  const { results } = await session.get<SongList>('/api/choreography/songs/?ordering=duration');
  const { task_id: taskId, poll_url: pollUrl } = await session.post<{ task_id: string; poll_url: string }>(
    '/api/choreography/generate-from-song',
    { song_id: results[0]?.id, difficulty: 'beginner' },
  );
  const { status, error, result } = await session.follow(pollUrl, () => {});
  if (status !== 'completed') throw infraError('VIDEO_NOT_MADE', `The task failed: ${error}`);
  const video = await fetch(new URL(result?.video_url ?? '', baseUrl));
  const { byteLength } = await video.arrayBuffer();
  if (!video.ok || byteLength !== result?.file_size)
    throw infraError('VIDEO_NOT_MADE', `${video.status} and ${byteLength} of ${result?.file_size} bytes.`);
  process.stdout.write(`${taskId}\n`);
}

await runCommand(main);
