import { cancelled } from '@bachata-buddy/platform';
import { endDetails } from './end-details.ts';
import { mediaError } from './errors.ts';
import { machineFault } from './machine-fault.ts';
import { MEMORY_LIMITS } from './media-limits.ts';
import type { MediaPrograms } from './media-tools.ts';
import { runTool } from './run-tool.ts';

/** A file that takes more than this to describe is at fault itself: usual ones take a tenth of a second. */
const PROBE_PROCESSOR_SEC = 10;
/** Beyond the processor time: where this is not enough, the machine has been busy with other things. */
const PROBE_TIMEOUT_MS = 30_000;

/** A document of this length describes hundreds of streams: no file of ours. */
const MAX_DOCUMENT_CHARACTERS = 1_000_000;

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default 30 s. */
  readonly timeoutMs?: number | undefined;
}

/** What ffprobe says, or undefined where it could not make anything of the file; `details` are for the log. */
export interface ProbeAnswer {
  readonly document: string | undefined;
  readonly details: Record<string, unknown>;
}

/**
 * Runs ffprobe with an end to its time, its memory and its answer.
 *
 * @throws AppError `CANCELLED`; `MEDIA_INTERRUPTED` where it was ended by somebody else or had no time,
 * `MEDIA_FFPROBE_MISSING`, `MEDIA_MACHINE_REFUSED`: then nothing can be said of the file
 */
export async function runFfprobe(
  tools: MediaPrograms,
  args: readonly string[],
  options: ProbeOptions,
): Promise<ProbeAnswer> {
  const timeoutMs = options.timeoutMs ?? PROBE_TIMEOUT_MS;
  const decoder = new TextDecoder();
  let document = '';
  const result = await runTool({
    file: tools.ffprobePath,
    args: ['-v', 'error', '-print_format', 'json', ...args],
    memoryLimitBytes: MEMORY_LIMITS.probeBytes,
    processorLimitSec: PROBE_PROCESSOR_SEC,
    timeoutMs,
    signal: options.signal,
    onStdout: (chunk) => {
      document += decoder.decode(chunk, { stream: true });
      if (document.length > MAX_DOCUMENT_CHARACTERS) throw new Error('The description is too long');
    },
  });
  if (result.cancelled) throw cancelled('The work was cancelled');
  const details = endDetails(result);
  if (result.timedOut) {
    const message = `FFmpeg error: ffprobe did not come to an end within ${Math.round(timeoutMs / 1000)} s`;
    throw mediaError('MEDIA_INTERRUPTED', message, { details });
  }
  if (result.exitCode === 0) return { document, details };
  const fault = machineFault(result, 'ffprobe');
  if (fault !== undefined) throw fault;
  return { document: undefined, details };
}
