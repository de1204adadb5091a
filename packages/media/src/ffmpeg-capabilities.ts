import { mediaError } from './errors.ts';
import { runTool } from './run-tool.ts';

const REQUIRED_ENCODERS = ['libx264', 'aac'];
const REQUIRED_FILTERS = ['xfade', 'tpad'];
const ASK_TIMEOUT_MS = 15_000;
/** The first releases with xfade; tpad and the aac encoder are older. */
const FIRST_RELEASE = { major: 4, minor: 3 } as const;

/**
 * The version of an ffmpeg that has all we use (libx264, aac, xfade: 4.3 of June 2020, or newer, with x264). A release
 * that was built in the usual way says so with its version, in one call; of any other, its own lists are read.
 *
 * @throws AppError `MEDIA_FFMPEG_TOO_OLD` naming what is missing; `MEDIA_FFMPEG_MISSING` if it cannot be run.
 */
export async function readFfmpegVersion(ffmpegPath: string): Promise<string> {
  const answer = await ask(ffmpegPath, ['-version']);
  const ffmpegVersion = /^ffmpeg version (\S+)/.exec(answer)?.[1] ?? 'unknown';
  if (isUsualRelease(ffmpegVersion, answer)) return ffmpegVersion;
  const missing = await listMissing(ffmpegPath);
  if (missing.length > 0) {
    const message = `This ffmpeg (${ffmpegVersion}) lacks ${missing.join(', ')}. Install ffmpeg 5 or newer with libx264, or set FFMPEG_PATH.`;
    throw mediaError('MEDIA_FFMPEG_TOO_OLD', message, { details: { ffmpegVersion, missing } });
  }
  return ffmpegVersion;
}

/** Numbered as releases are, new enough, with x264, and without a part taken out. */
function isUsualRelease(version: string, answer: string): boolean {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return false;
  const isNewEnough =
    Number(major) > FIRST_RELEASE.major ||
    (Number(major) === FIRST_RELEASE.major && Number(minor) >= FIRST_RELEASE.minor);
  const isWhole = !/--disable-(everything|encoder|filter|avfilter|avcodec)/.test(answer);
  return isNewEnough && isWhole && /--enable-libx264\b/.test(answer);
}

async function listMissing(ffmpegPath: string): Promise<string[]> {
  const [encoders, filters] = await Promise.all([
    ask(ffmpegPath, ['-hide_banner', '-encoders']),
    ask(ffmpegPath, ['-hide_banner', '-filters']),
  ]);
  return [
    ...REQUIRED_ENCODERS.filter((name) => !listsName(encoders, name)),
    ...REQUIRED_FILTERS.filter((name) => !listsName(filters, name)),
  ];
}

/** True where a line of `-encoders` or `-filters` (flags, name, description) has this name. */
function listsName(listing: string, name: string): boolean {
  return listing.split('\n').some((line) => line.trim().split(/\s+/)[1] === name);
}

async function ask(ffmpegPath: string, args: readonly string[]): Promise<string> {
  const decoder = new TextDecoder();
  let answer = '';
  const result = await runTool({
    file: ffmpegPath,
    args,
    timeoutMs: ASK_TIMEOUT_MS,
    onStdout: (chunk) => {
      answer += decoder.decode(chunk, { stream: true });
    },
  });
  if (result.exitCode === 0) return answer;
  const message = 'ffmpeg was found but cannot be run.';
  const details = { ffmpegPath, exitCode: result.exitCode, signal: result.signal };
  throw mediaError('MEDIA_FFMPEG_MISSING', message, { details, cause: result.failure });
}
