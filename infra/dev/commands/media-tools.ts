import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { findMediaTools, type MediaTools, mediaError } from '@bachata-buddy/media';
import { hasCode } from '@bachata-buddy/platform';

const APT_GET = '/usr/bin/apt-get';
const STDERR_TAIL_CHARACTERS = 600;

/**
 * Finds ffmpeg and ffprobe; where there are none and this process may install Debian's package (root, apt),
 * does so and says so.
 *
 * @throws AppError `MEDIA_FFMPEG_MISSING` with the line that helps, where it could not be installed
 */
export async function ensureMediaTools(say: (line: string) => void): Promise<MediaTools> {
  try {
    return await findMediaTools();
  } catch (thrown) {
    const isMissing = hasCode(thrown, 'MEDIA_FFMPEG_MISSING');
    if (!isMissing || process.env.FFMPEG_PATH !== undefined || !(await canInstall())) throw thrown;
  }
  say("ffmpeg was not found: installing Debian's package (apt-get install ffmpeg), about half a minute …");
  await aptGet(['update', '-qq']);
  await aptGet(['install', '-y', '-qq', '--no-install-recommends', 'ffmpeg']);
  return findMediaTools();
}

async function canInstall(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  return access(APT_GET, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function aptGet(args: readonly string[]): Promise<void> {
  const child = spawn(APT_GET, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderrTail = '';
  child.stderr.on('data', (chunk) => {
    stderrTail = (stderrTail + chunk).slice(-STDERR_TAIL_CHARACTERS);
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) {
    throw mediaError(
      'MEDIA_FFMPEG_MISSING',
      `ffmpeg was not found, and apt-get ${args[0]} failed. Install ffmpeg yourself, or set FFMPEG_PATH.\n${stderrTail.trim()}`,
    );
  }
}
