import { AppError } from '@bachata-buddy/platform';
import { jobError } from './errors.ts';

/**
 * Names the clips or the song that work is about in what it says of them.
 *
 * @param keys of which one is meant
 * @throws AppError `JOB_INPUT_INVALID` (`FFmpeg error: <key>: ...`) in place of what is the fault of a file
 */
export async function namingFiles<Result>(
  keys: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.isAboutFile)) throw thrown;
    const message = `FFmpeg error: ${[...new Set(keys)].join(' or ')}: ${textOf(thrown)}`;
    throw jobError('JOB_INPUT_INVALID', message, { details: { keys, ...thrown.details }, cause: thrown });
  }
}

function textOf({ code, message }: AppError): string {
  if (code === 'MEDIA_PROBE_FAILED') return 'is not a readable media file';
  const text = message.replace(/^FFmpeg error: /, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
