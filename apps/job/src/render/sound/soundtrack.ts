import { join } from 'node:path';
import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import {
  guardedInput,
  type SampleRun,
  sampleRun,
  type TrackToWrite,
  toBitsPerSecond,
} from '@bachata-buddy/media';
import { encode } from '../encode.ts';
import { type AacFile, aacEncoding, openAacFile, PACKET_SAMPLES, SAMPLE_RATE_HZ } from './aac-file.ts';
import { type PacketSpan, planPackets } from './packet-plan.ts';
import { makeSongSound, type SongSoundOptions } from './song-sound.ts';
import { type Fade, turnedDownSpans, type VolumeSpan, volumeExpression } from './volume.ts';

/** Volume changes take effect at blocks of this many samples: 5 ms. */
const VOLUME_BLOCK_SAMPLES = 256;
/** An encoder's first packets know nothing of what is before them; they are left out. */
const LEAD_PACKETS = 4;

export interface SoundtrackOptions
  extends Omit<SongSoundOptions, 'bitsPerSecond' | 'isNormalised' | 'speed'> {
  readonly blueprint: ResolvedBlueprint;
  /** Length of the picture; the sound gets the same, within half a packet. */
  readonly durationSec: number;
}

/**
 * The song as packets to be copied: as it was encoded whole, but where a move turns it down, and with silence behind
 * its end; of a part of the song, from its start on, and faded out where the document says so. Only the seconds that this touches are encoded.
 *
 * @throws AppError of `runFfmpeg`
 */
export async function makeSoundtrack(options: SoundtrackOptions): Promise<TrackToWrite> {
  const { blueprint, durationSec } = options;
  const { audioBitrate, normalizeAudio: isNormalised, songSpeed: speed, songFadeOutSec } = blueprint.output;
  const bitsPerSecond = toBitsPerSecond(audioBitrate);
  const song = await makeSongSound({ ...options, bitsPerSecond, isNormalised, speed });
  const { sampleEntry, samples, startTicks: delaySamples } = song.track;
  // Whole packets in front of the song's part are left out, what is left of the next one is not heard.
  const skippedSamples = Math.round((blueprint.output.songStartSec / speed) * SAMPLE_RATE_HZ);
  const skippedPackets = Math.min(samples.count, Math.floor(skippedSamples / PACKET_SAMPLES));
  const startSamples = delaySamples + skippedSamples - skippedPackets * PACKET_SAMPLES;
  const turnedDown = turnedDownSpans(blueprint.moves);
  const fade: Fade | undefined =
    songFadeOutSec > 0
      ? { startSec: Math.max(0, durationSec - songFadeOutSec), endSec: durationSec }
      : undefined;
  const spans = planPackets({
    durationSec,
    songPackets: samples.count - skippedPackets,
    startSamples,
    turnedDown: fade === undefined ? turnedDown : [...turnedDown, { ...fade, volume: 0 }],
  });
  const runs: SampleRun[] = [];
  const volume = volumeExpression(...later(skippedSamples / SAMPLE_RATE_HZ, turnedDown, fade));
  for (const [index, span] of spans.entries()) {
    const make = { ...options, song, span, skippedPackets, bitsPerSecond, volume, name: `sound-${index}` };
    const isCopied = span.kind === 'song';
    runs.push(isCopied ? packetsOf(song, span.first + skippedPackets, span) : await encodeSpan(make));
  }
  const timescale = SAMPLE_RATE_HZ;
  return { handler: 'soun', sampleEntry, timescale, width: 0, height: 0, startTicks: startSamples, runs };
}

/** The times at which that is in the song. */
function later(
  bySec: number,
  spans: readonly VolumeSpan[],
  fade: Fade | undefined,
): [VolumeSpan[], Fade | undefined] {
  const shifted = <Span extends Fade>(span: Span): Span => ({
    ...span,
    startSec: span.startSec + bySec,
    endSec: span.endSec + bySec,
  });
  return [spans.map(shifted), fade && shifted(fade)];
}

interface EncodeSpanOptions extends SoundtrackOptions {
  readonly song: AacFile;
  readonly span: PacketSpan;
  readonly bitsPerSecond: number;
  /** Of the song that is in front of the video's. */
  readonly skippedPackets: number;
  /** Over the song's own time. */
  readonly volume: string;
  readonly name: string;
}

async function encodeSpan(options: EncodeSpanOptions): Promise<SampleRun> {
  const { tools, song, span, skippedPackets, bitsPerSecond, volume, directory, name, signal } = options;
  const first = span.first + skippedPackets;
  const lead = span.kind === 'silence' ? LEAD_PACKETS : Math.min(LEAD_PACKETS, first);
  const firstSample = (first - lead) * PACKET_SAMPLES;
  const sampleCount = (span.end - span.first + lead + 1) * PACKET_SAMPLES;
  const length = `atrim=end_sample=${sampleCount}`;
  const input =
    span.kind === 'silence'
      ? ['-f', 'lavfi', '-i', `anullsrc=r=${SAMPLE_RATE_HZ}:cl=stereo,${length}`]
      : [...guardedInput(song.path), '-af', turnDown(volume, firstSample, length)];
  const path = join(directory, `${name}.mp4`);
  await encode({ tools, args: [...input, ...aacEncoding(bitsPerSecond), '-f', 'mp4', path], signal });
  return packetsOf(await openAacFile(path), lead, span);
}

function turnDown(volume: string, firstSample: number, length: string): string {
  return [
    `asetnsamples=n=${VOLUME_BLOCK_SAMPLES}`,
    `volume=${volume}:eval=frame`,
    `atrim=start_sample=${firstSample}`,
    `asetpts=N`,
    'apad',
    length,
  ].join(',');
}

function packetsOf({ path, track }: AacFile, first: number, { first: from, end }: PacketSpan): SampleRun {
  return sampleRun(path, track, first, new Uint32Array(end - from).fill(PACKET_SAMPLES));
}
