import { PACKET_SAMPLES, SAMPLE_RATE_HZ } from './aac-file.ts';
import type { VolumeSpan } from './volume.ts';

/** Packets of the soundtrack, from one number up to but not including another. */
export interface PacketSpan {
  readonly kind: 'song' | 'turned-down' | 'silence';
  readonly first: number;
  readonly end: number;
}

/** Packets overlap their neighbours: a change of volume is heard in those around it. */
const MARGIN_PACKETS = 3;
/** Changes nearer to each other than this are encoded in one go (two seconds). */
const MERGE_WITHIN_PACKETS = 94;
/**
 * A song may end so much before the video without silence behind it: with half a packet's rounding, less than a picture.
 * Songs that fill their video do, by what their decoder leaves out, and an encoder would be started for a packet.
 */
const UNFILLED_PACKETS = 1;

export interface PacketPlanOptions {
  readonly durationSec: number;
  /** Of the song's sound from where the video begins in it, the encoder's delay included. */
  readonly songPackets: number;
  /** Of the first packet, not to be heard: the encoder's delay, and what is before the song's part. */
  readonly startSamples: number;
  readonly turnedDown: readonly VolumeSpan[];
}

/**
 * Which packets a soundtrack is made of, in order: the song's own, those that a change of volume touches, silence after
 * the song's end. As many as come nearest to the video's length, or one less: a packet is shorter than a picture.
 */
export function planPackets(options: PacketPlanOptions): PacketSpan[] {
  const { durationSec, songPackets, startSamples, turnedDown } = options;
  const total = Math.max(1, Math.round((durationSec * SAMPLE_RATE_HZ + startSamples) / PACKET_SAMPLES));
  const songEnd = Math.min(total, songPackets);
  const packetAt = (sec: number): number => (sec * SAMPLE_RATE_HZ + startSamples) / PACKET_SAMPLES;
  const spans: PacketSpan[] = [];
  let at = 0;
  for (const { first, end } of merge(
    turnedDown.toSorted((a, b) => a.startSec - b.startSec).map((span) => touched(span, packetAt, songEnd)),
  )) {
    if (first >= end) continue;
    if (first > at) spans.push({ kind: 'song', first: at, end: first });
    spans.push({ kind: 'turned-down', first, end });
    at = end;
  }
  if (at < songEnd) spans.push({ kind: 'song', first: at, end: songEnd });
  if (songEnd + UNFILLED_PACKETS < total) spans.push({ kind: 'silence', first: songEnd, end: total });
  return spans;
}

function touched(
  { startSec, endSec }: VolumeSpan,
  packetAt: (sec: number) => number,
  songEnd: number,
): { first: number; end: number } {
  return {
    first: Math.max(0, Math.floor(packetAt(startSec)) - MARGIN_PACKETS),
    end: Math.min(songEnd, Math.ceil(packetAt(endSec)) + MARGIN_PACKETS),
  };
}

function merge(spans: readonly { first: number; end: number }[]): { first: number; end: number }[] {
  const merged: { first: number; end: number }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.first <= last.end + MERGE_WITHIN_PACKETS)
      last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
