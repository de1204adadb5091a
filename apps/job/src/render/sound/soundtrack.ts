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
import { turnedDownSpans, type VolumeSpan, volumeExpression } from './volume.ts';

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
 * its end. Only the seconds that this touches are encoded.
 *
 * @throws AppError of `runFfmpeg`
 */
export async function makeSoundtrack(options: SoundtrackOptions): Promise<TrackToWrite> {
  const { blueprint, durationSec } = options;
  const { audioBitrate, normalizeAudio: isNormalised, songSpeed: speed } = blueprint.output;
  const bitsPerSecond = toBitsPerSecond(audioBitrate);
  const song = await makeSongSound({ ...options, bitsPerSecond, isNormalised, speed });
  const turnedDown = turnedDownSpans(blueprint.moves);
  const { sampleEntry, samples, startTicks: startSamples } = song.track;
  const spans = planPackets({ durationSec, songPackets: samples.count, startSamples, turnedDown });
  const runs: SampleRun[] = [];
  for (const [index, span] of spans.entries()) {
    const make = { ...options, song, span, bitsPerSecond, turnedDown, name: `sound-${index}` };
    runs.push(span.kind === 'song' ? packetsOf(song, span.first, span) : await encodeSpan(make));
  }
  const timescale = SAMPLE_RATE_HZ;
  return { handler: 'soun', sampleEntry, timescale, width: 0, height: 0, startTicks: startSamples, runs };
}

interface EncodeSpanOptions extends SoundtrackOptions {
  readonly song: AacFile;
  readonly span: PacketSpan;
  readonly bitsPerSecond: number;
  readonly turnedDown: readonly VolumeSpan[];
  readonly name: string;
}

async function encodeSpan(options: EncodeSpanOptions): Promise<SampleRun> {
  const { tools, song, span, bitsPerSecond, turnedDown, directory, name, signal } = options;
  const lead = span.kind === 'silence' ? LEAD_PACKETS : Math.min(LEAD_PACKETS, span.first);
  const firstSample = (span.first - lead) * PACKET_SAMPLES;
  const sampleCount = (span.end - span.first + lead + 1) * PACKET_SAMPLES;
  const length = `atrim=end_sample=${sampleCount}`;
  const input =
    span.kind === 'silence'
      ? ['-f', 'lavfi', '-i', `anullsrc=r=${SAMPLE_RATE_HZ}:cl=stereo,${length}`]
      : [...guardedInput(song.path), '-af', turnDown(turnedDown, firstSample, length)];
  const path = join(directory, `${name}.mp4`);
  await encode({ tools, args: [...input, ...aacEncoding(bitsPerSecond), '-f', 'mp4', path], signal });
  return packetsOf(await openAacFile(path), lead, span);
}

function turnDown(spans: readonly VolumeSpan[], firstSample: number, length: string): string {
  return [
    `asetnsamples=n=${VOLUME_BLOCK_SAMPLES}`,
    `volume=${volumeExpression(spans)}:eval=frame`,
    `atrim=start_sample=${firstSample}`,
    `asetpts=N`,
    'apad',
    length,
  ].join(',');
}

function packetsOf({ path, track }: AacFile, first: number, { first: from, end }: PacketSpan): SampleRun {
  return sampleRun(path, track, first, new Uint32Array(end - from).fill(PACKET_SAMPLES));
}
