import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { mediaError } from './errors.ts';
import { readFfmpegVersion } from './ffmpeg-capabilities.ts';
import type { MediaPrograms, MediaTools } from './media-tools.ts';

const FFMPEG_HELP =
  'ffmpeg was not found. Install it (Debian/Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg) or set FFMPEG_PATH.';
const FFPROBE_HELP =
  'ffprobe was not found. It comes with ffmpeg (Debian/Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg); or set FFPROBE_PATH.';

export interface FindMediaToolsOptions {
  /** Read for FFMPEG_PATH, FFPROBE_PATH and PATH. Default: this process's environment. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where ffmpeg-static would have put its binary. Default: what that optional package says, if it is installed. */
  readonly bundledFfmpegPath?: () => Promise<string | undefined>;
}

const found = new Map<string, Promise<MediaTools>>();
const located = new Map<string, Promise<MediaPrograms>>();
const versions = new Map<string, Promise<string>>();

/**
 * Finds ffmpeg and ffprobe and makes sure that this ffmpeg can do what the project asks of it.
 *
 * ffmpeg: FFMPEG_PATH if set (it or an error), else the optional package ffmpeg-static, else PATH.
 * ffprobe: FFPROBE_PATH if set (it or an error), else beside ffmpeg, else PATH.
 * The answer is kept for the life of the process; an error is not.
 *
 * @throws AppError `MEDIA_FFMPEG_MISSING`, `MEDIA_FFPROBE_MISSING`, `MEDIA_FFMPEG_TOO_OLD`.
 */
export function findMediaTools(options: FindMediaToolsOptions = {}): Promise<MediaTools> {
  const check = async (): Promise<MediaTools> => {
    const programs = await locateMediaTools(options);
    return { ...programs, ffmpegVersion: await requireCapableFfmpeg(programs) };
  };
  return options.bundledFfmpegPath === undefined ? kept(found, placeOf(options), check) : check();
}

/**
 * The same without asking ffmpeg anything, which takes as long as copying some minutes of film: for programs that may
 * never have to encode.
 *
 * @throws AppError `MEDIA_FFMPEG_MISSING`, `MEDIA_FFPROBE_MISSING`
 */
export function locateMediaTools(options: FindMediaToolsOptions = {}): Promise<MediaPrograms> {
  const environment = options.environment ?? process.env;
  if (options.bundledFfmpegPath !== undefined) return locate(environment, options.bundledFfmpegPath);
  return kept(located, placeOf(options), () => locate(environment, bundledFfmpegPath));
}

/**
 * Makes sure that an ffmpeg can do what the project asks of it; asks it once in the life of the process.
 *
 * @returns its version
 * @throws AppError `MEDIA_FFMPEG_TOO_OLD`; `MEDIA_FFMPEG_MISSING` where it cannot be run
 */
export function requireCapableFfmpeg({ ffmpegPath }: Pick<MediaPrograms, 'ffmpegPath'>): Promise<string> {
  return kept(versions, ffmpegPath, () => readFfmpegVersion(ffmpegPath));
}

/** All that the answer depends on. */
function placeOf({ environment = process.env }: FindMediaToolsOptions): string {
  return JSON.stringify([environment.FFMPEG_PATH, environment.FFPROBE_PATH, environment.PATH]);
}

/** An answer that is known, or looked for; an error is not kept. */
function kept<Answer>(
  answers: Map<string, Promise<Answer>>,
  key: string,
  look: () => Promise<Answer>,
): Promise<Answer> {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const looking = look();
  answers.set(key, looking);
  looking.catch(() => answers.delete(key));
  return looking;
}

async function locate(
  environment: NodeJS.ProcessEnv,
  bundled: () => Promise<string | undefined>,
): Promise<MediaPrograms> {
  const ffmpegPath = await findFfmpeg(environment, bundled);
  return { ffmpegPath, ffprobePath: findFfprobe(environment, ffmpegPath) };
}

async function findFfmpeg(
  environment: NodeJS.ProcessEnv,
  bundled: () => Promise<string | undefined>,
): Promise<string> {
  const chosen = environment.FFMPEG_PATH;
  if (chosen) {
    if (isExecutable(chosen)) return resolve(chosen);
    const message = 'FFMPEG_PATH does not name an executable file.';
    throw mediaError('MEDIA_FFMPEG_MISSING', message, { details: { ffmpegPath: chosen } });
  }
  const bundledPath = await bundled();
  if (bundledPath !== undefined && isExecutable(bundledPath)) return bundledPath;
  const onPath = findOnPath('ffmpeg', environment);
  if (onPath === undefined) throw mediaError('MEDIA_FFMPEG_MISSING', FFMPEG_HELP);
  return onPath;
}

function findFfprobe(environment: NodeJS.ProcessEnv, ffmpegPath: string): string {
  const chosen = environment.FFPROBE_PATH;
  if (chosen) {
    if (isExecutable(chosen)) return resolve(chosen);
    const message = 'FFPROBE_PATH does not name an executable file.';
    throw mediaError('MEDIA_FFPROBE_MISSING', message, { details: { ffprobePath: chosen } });
  }
  const beside = join(dirname(ffmpegPath), executableName('ffprobe'));
  if (isExecutable(beside)) return beside;
  const onPath = findOnPath('ffprobe', environment);
  if (onPath === undefined) throw mediaError('MEDIA_FFPROBE_MISSING', FFPROBE_HELP);
  return onPath;
}

/** Absent (the package is optional), or present without its binary (its download failed): both mean undefined. */
async function bundledFfmpegPath(): Promise<string | undefined> {
  try {
    // From where this module lies, also when it has become part of a program that lies elsewhere.
    const bundled: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof bundled === 'string' ? bundled : undefined;
  } catch {
    return undefined;
  }
}

function findOnPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => resolve(folder, executableName(name))).find((path) => isExecutable(path));
}

function executableName(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
