import { cancelled } from '@bachata-buddy/platform';
import { endDetails } from './ffmpeg-error.ts';
import { MEMORY_LIMITS } from './media-limits.ts';
import type { MediaPrograms } from './media-tools.ts';
import { runTool } from './run-tool.ts';

const PROBE_TIMEOUT_MS = 10_000;

/** A document of this length describes hundreds of streams: no file of ours. */
const MAX_DOCUMENT_CHARACTERS = 1_000_000;

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default 10 s. */
  readonly timeoutMs?: number | undefined;
}

/** What ffprobe says, or undefined where it ended badly; `details` are for the log. */
export interface ProbeAnswer {
  readonly document: string | undefined;
  readonly details: Record<string, unknown>;
}

/**
 * Runs ffprobe with an end to its time, its memory and its answer.
 *
 * @throws AppError `CANCELLED`
 */
export async function runFfprobe(
  tools: MediaPrograms,
  args: readonly string[],
  options: ProbeOptions,
): Promise<ProbeAnswer> {
  const decoder = new TextDecoder();
  let document = '';
  const result = await runTool({
    file: tools.ffprobePath,
    args: ['-v', 'error', '-print_format', 'json', ...args],
    memoryLimitBytes: MEMORY_LIMITS.probeBytes,
    timeoutMs: options.timeoutMs ?? PROBE_TIMEOUT_MS,
    signal: options.signal,
    onStdout: (chunk) => {
      document += decoder.decode(chunk, { stream: true });
      if (document.length > MAX_DOCUMENT_CHARACTERS) throw new Error('The description is too long');
    },
  });
  if (result.cancelled) throw cancelled('The work was cancelled');
  return { document: result.exitCode === 0 ? document : undefined, details: endDetails(result) };
}
