import { elementAt } from '@bachata-buddy/platform';
import { type BoxSpan, damagedIndex, findBox } from './box.ts';
import type { SampleTable } from './movie.ts';

/** What there is room for. */
export interface SampleRoom {
  /** Length of the whole file. */
  readonly fileBytes: number;
  /** That this track may have. */
  readonly maxSamples: number;
}

/**
 * The sample table of a track, unfolded into a row a sample. Every claim is held against the box that makes it and
 * against the file: nothing is allocated for samples that the file has no room for.
 * Source: ISO/IEC 14496-12, 8.6 and 8.7.
 *
 * @param boxes the children of `stbl`
 * @throws AppError `MEDIA_INDEX_INVALID`
 */
export function readSampleTable(bytes: Buffer, boxes: readonly BoxSpan[], room: SampleRoom): SampleTable {
  const table = (type: string): Table => readTable(bytes, required(boxes, type));
  const sizes = readSizes(bytes, required(boxes, 'stsz'), room);
  const count = sizes.length;
  const durationTicks = unfoldDurations(table('stts'), count);
  const chunks = findBox(boxes, 'co64') === undefined ? table('stco') : table('co64');
  const isLong = findBox(boxes, 'co64') !== undefined;
  const offsets = placeSamples({ sizes, chunks, isLong, runs: table('stsc'), fileBytes: room.fileBytes });
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

function readSizes(
  bytes: Buffer,
  { bodyStart, end }: BoxSpan,
  { fileBytes, maxSamples }: SampleRoom,
): Uint32Array {
  if (end - bodyStart < 12) throw damagedIndex('stsz is cut short');
  const constant = bytes.readUInt32BE(bodyStart + 4);
  const count = bytes.readUInt32BE(bodyStart + 8);
  if (count > maxSamples) throw damagedIndex('more samples than a file may have');
  if (constant > 0) {
    if (count * constant > fileBytes) throw damagedIndex('more samples than the file has room for');
    return new Uint32Array(count).fill(constant);
  }
  const body = bytes.subarray(bodyStart + 12, end);
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

interface Placement {
  readonly sizes: Uint32Array;
  readonly chunks: Table;
  readonly isLong: boolean;
  readonly runs: Table;
  readonly fileBytes: number;
}

function placeSamples({ sizes, chunks, isLong, runs, fileBytes }: Placement): Float64Array {
  const offsets = new Float64Array(sizes.length);
  const chunkCount = entriesOf(chunks, isLong ? 8 : 4, 'chunk offsets');
  const runCount = entriesOf(runs, 12, 'stsc');
  let sample = 0;
  for (let run = 0; run < runCount && sample < sizes.length; run++) {
    const first = runs.body.readUInt32BE(run * 12);
    const next = run + 1 < runCount ? runs.body.readUInt32BE((run + 1) * 12) : chunkCount + 1;
    const samplesPerChunk = runs.body.readUInt32BE(run * 12 + 4);
    if (first < 1 || next <= first || next > chunkCount + 1) throw damagedIndex('stsc is out of order');
    for (let chunk = first; chunk < next && sample < sizes.length; chunk++) {
      let at = isLong
        ? Number(chunks.body.readBigUInt64BE((chunk - 1) * 8))
        : chunks.body.readUInt32BE((chunk - 1) * 4);
      const last = Math.min(sizes.length, sample + samplesPerChunk);
      for (; sample < last; sample++) {
        offsets[sample] = at;
        at += elementAt(sizes, sample);
      }
      if (at > fileBytes) throw damagedIndex('samples behind the end of the file');
    }
  }
  if (sample < sizes.length) throw damagedIndex('samples without a place');
  return offsets;
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
