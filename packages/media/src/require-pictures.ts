import { mediaError } from './errors.ts';
import { inputGuardsFor } from './input-guards.ts';
import { inspectFile } from './inspect-file.ts';
import type { MediaProbe } from './media-probe.ts';
import type { MediaPrograms } from './media-tools.ts';
import { probing, requireVideo } from './probe-media.ts';
import { type ProbeOptions, runFfprobe } from './run-ffprobe.ts';

/** Packets from a keyframe on: enough for a decoder that reorders to give its first picture. */
const PACKETS = 8;
/** Where the second look goes, as a share of the length. */
const NEAR_END = 0.9;

/**
 * Decodes a picture at the beginning of a film and one near its end, within the limits of `probeMedia`: an index may
 * promise pictures that are not there, or none that any program can show.
 *
 * @param probe what `probeMedia` said of the same file
 * @throws AppError `MEDIA_NO_VIDEO`, `MEDIA_NO_PICTURES`, `CANCELLED`; those of `runFfprobe`
 */
export async function requirePictures(
  tools: MediaPrograms,
  path: string,
  probe: MediaProbe,
  options: ProbeOptions = {},
): Promise<void> {
  const { index, durationSec, startSec } = requireVideo(probe);
  const laterSec = startSec + durationSec * NEAR_END;
  const args = [
    ...['-threads', '1', '-select_streams', String(index), '-show_entries', 'frame=width'],
    ...['-read_intervals', `%+#${PACKETS},${laterSec.toFixed(3)}%+#${PACKETS}`],
  ];
  const { document, details } = await probing(async () => {
    const input = [...inputGuardsFor(await inspectFile(path)), '-i', `file:${path}`];
    return runFfprobe(tools, [...args, ...input], options);
  });
  // In an mp4 file every place can be found, and of a film of one picture that is the first again.
  const expected = probe.container.startsWith('mov') ? 2 : 1;
  if (countPictures(document) >= expected) return;
  throw mediaError('MEDIA_NO_PICTURES', 'The clip has no picture that can be shown', { details });
}

function countPictures(document: string | undefined): number {
  if (document === undefined) return 0;
  const { frames } = JSON.parse(document) as { frames?: unknown[] };
  return frames?.length ?? 0;
}
