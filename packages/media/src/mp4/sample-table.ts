import { elementAt } from '@bachata-buddy/platform';
import { type BoxSpan, damagedIndex, findBox } from './box.ts';
import type { SampleTable } from './movie.ts';

/** What there is room for. */
export interface SampleRoom {
  /** Length of the whole file. */
  readonly fileBytes: number;
  /** Rows that this track may have. */
  readonly maxSamples: number;
}

/** Of which track, and where its tables are. */
export interface SampleTables {
  /** The children of `stbl`. */
  readonly boxes: readonly BoxSpan[];
  readonly isSound: boolean;
}

/**
 * The sample table of a track, unfolded into a row a sample, or a row a chunk where a sample is a single moment of sound.
 * Every claim is held against the box that makes it and against the file: nothing is allocated for samples that the file
 * has no room for.
 * Source: ISO/IEC 14496-12, 8.6 and 8.7.
 *
 * @throws AppError `MEDIA_INDEX_INVALID`
 */
export function readSampleTable(
  bytes: Buffer,
  { boxes, isSound }: SampleTables,
  room: SampleRoom,
): SampleTable {
  const table = (type: string): Table => readTable(bytes, required(boxes, type));
  const stated = readStatedSizes(bytes, required(boxes, 'stsz'), room);
  const isLong = findBox(boxes, 'co64') !== undefined;
  const places = { chunks: table(isLong ? 'co64' : 'stco'), isLong, runs: table('stsc') };
  const lengths = table('stts');
  if (isSound && stated.constant > 0 && isOneTickEach(lengths, stated.count)) {
    return readPlainSound(stated, places, room);
  }
  const sizes = unfoldSizes(stated, room);
  const count = sizes.length;
  const durationTicks = unfoldDurations(lengths, count);
  const offsets = placeSamples(sizes, places, room);
  const sync = findBox(boxes, 'stss');
  return {
    count,
    offsets,
    sizes,
    durationTicks,
    isSync: sync === undefined ? new Uint8Array(count).fill(1) : markSync(readTable(bytes, sync), count),
    isReordered: findBox(boxes, 'ctts') !== undefined,
  };
}

interface Table {
  readonly body: Buffer;
  readonly count: number;
}

function required(boxes: readonly BoxSpan[], type: string): BoxSpan {
  const box = findBox(boxes, type);
  if (box === undefined) throw damagedIndex(`there is no ${type}`);
  return box;
}

/** A full box that begins with a number of entries; the entries are what follows. */
function readTable(bytes: Buffer, { bodyStart, end, type }: BoxSpan): Table {
  if (end - bodyStart < 8) throw damagedIndex(`${type} is cut short`);
  return { body: bytes.subarray(bodyStart + 8, end), count: bytes.readUInt32BE(bodyStart + 4) };
}

function entriesOf({ body, count }: Table, entryBytes: number, what: string): number {
  if (count * entryBytes > body.length) throw damagedIndex(`${what} claims more entries than it holds`);
  return count;
}

interface StatedSizes {
  readonly count: number;
  /** Of every sample, in bytes; 0 where each has its own. */
  readonly constant: number;
  readonly body: Buffer;
}

function readStatedSizes(bytes: Buffer, { bodyStart, end }: BoxSpan, { fileBytes }: SampleRoom): StatedSizes {
  if (end - bodyStart < 12) throw damagedIndex('stsz is cut short');
  const constant = bytes.readUInt32BE(bodyStart + 4);
  const count = bytes.readUInt32BE(bodyStart + 8);
  if (count * constant > fileBytes) throw damagedIndex('more samples than the file has room for');
  return { count, constant, body: bytes.subarray(bodyStart + 12, end) };
}

function unfoldSizes(
  { count, constant, body }: StatedSizes,
  { fileBytes, maxSamples }: SampleRoom,
): Uint32Array {
  if (count > maxSamples) throw damagedIndex('more samples than a file may have');
  if (constant > 0) return new Uint32Array(count).fill(constant);
  if (count * 4 > body.length) throw damagedIndex('stsz claims more entries than it holds');
  const sizes = new Uint32Array(count);
  let total = 0;
  for (let index = 0; index < count; index++) {
    sizes[index] = body.readUInt32BE(index * 4);
    total += elementAt(sizes, index);
  }
  if (total > fileBytes) throw damagedIndex('larger samples than the file has room for');
  return sizes;
}

/** Uncompressed sound: its clock ticks once a sample. ffmpeg takes the same for it, and reads it by chunks then. */
function isOneTickEach(lengths: Table, count: number): boolean {
  if (entriesOf(lengths, 8, 'stts') !== 1) return false;
  return lengths.body.readUInt32BE(0) >= count && lengths.body.readUInt32BE(4) === 1;
}

/** A row a chunk: a sample of such sound is a few bytes, and there are tens of thousands of them a second. */
function readPlainSound(
  { count, constant }: StatedSizes,
  places: Places,
  { fileBytes, maxSamples }: SampleRoom,
): SampleTable {
  const most = places.chunks.count;
  if (most > maxSamples) throw damagedIndex('more chunks than a file may have');
  const offsets = new Float64Array(most);
  const sizes = new Uint32Array(most);
  const durationTicks = new Uint32Array(most);
  let rows = 0;
  let placed = 0;
  for (const { at, sampleCount } of chunksOf(places)) {
    if (placed === count) break;
    const samples = Math.min(sampleCount, count - placed);
    if (at + samples * constant > fileBytes) throw damagedIndex('samples behind the end of the file');
    offsets[rows] = at;
    sizes[rows] = samples * constant;
    durationTicks[rows] = samples;
    rows += 1;
    placed += samples;
  }
  if (placed < count) throw damagedIndex('samples without a place');
  return {
    count: rows,
    offsets: offsets.subarray(0, rows),
    sizes: sizes.subarray(0, rows),
    durationTicks: durationTicks.subarray(0, rows),
    isSync: new Uint8Array(rows).fill(1),
    isReordered: false,
  };
}

function unfoldDurations(table: Table, count: number): Uint32Array {
  const durations = new Uint32Array(count);
  const entries = entriesOf(table, 8, 'stts');
  let filled = 0;
  for (let entry = 0; entry < entries && filled < count; entry++) {
    const run = table.body.readUInt32BE(entry * 8);
    const ticks = table.body.readUInt32BE(entry * 8 + 4);
    durations.fill(ticks, filled, Math.min(count, filled + run));
    filled = Math.min(count, filled + run);
  }
  if (filled < count) throw damagedIndex('samples without a duration');
  return durations;
}

/** The tables that say where samples lie. */
interface Places {
  readonly chunks: Table;
  /** Whether offsets take 64 bits. */
  readonly isLong: boolean;
  readonly runs: Table;
}

interface Chunk {
  /** Bytes from the file's beginning. */
  readonly at: number;
  readonly sampleCount: number;
}

function* chunksOf({ chunks, isLong, runs }: Places): Generator<Chunk> {
  const chunkCount = entriesOf(chunks, isLong ? 8 : 4, 'chunk offsets');
  const runCount = entriesOf(runs, 12, 'stsc');
  for (let run = 0; run < runCount; run++) {
    const first = runs.body.readUInt32BE(run * 12);
    const next = run + 1 < runCount ? runs.body.readUInt32BE((run + 1) * 12) : chunkCount + 1;
    const sampleCount = runs.body.readUInt32BE(run * 12 + 4);
    if (first < 1 || next <= first || next > chunkCount + 1) throw damagedIndex('stsc is out of order');
    for (let chunk = first; chunk < next; chunk++) {
      const at = isLong
        ? Number(chunks.body.readBigUInt64BE((chunk - 1) * 8))
        : chunks.body.readUInt32BE((chunk - 1) * 4);
      yield { at, sampleCount };
    }
  }
}

function placeSamples(sizes: Uint32Array, places: Places, { fileBytes }: SampleRoom): Float64Array {
  const offsets = new Float64Array(sizes.length);
  let sample = 0;
  if (sizes.length === 0) return offsets;
  for (const chunk of chunksOf(places)) {
    let { at } = chunk;
    const last = Math.min(sizes.length, sample + chunk.sampleCount);
    for (; sample < last; sample++) {
      offsets[sample] = at;
      at += elementAt(sizes, sample);
    }
    if (at > fileBytes) throw damagedIndex('samples behind the end of the file');
    if (sample === sizes.length) return offsets;
  }
  throw damagedIndex('samples without a place');
}

function markSync(table: Table, count: number): Uint8Array {
  const isSync = new Uint8Array(count);
  const entries = entriesOf(table, 4, 'stss');
  for (let entry = 0; entry < entries; entry++) {
    const sample = table.body.readUInt32BE(entry * 4) - 1;
    if (sample < 0 || sample >= count) throw damagedIndex('stss names a sample that is not there');
    isSync[sample] = 1;
  }
  return isSync;
}
