import type { AppError } from '@bachata-buddy/platform';
import { elementAt } from '@bachata-buddy/platform';
import { mediaError } from '../errors.ts';
import { makeBox, makeFullBox, uint16, uint32, uint32List } from './box.ts';
import type { Chunk, ChunkPlan } from './chunks.ts';
import type { MovieToWrite, TrackToWrite } from './movie-to-write.ts';

/** Ticks a second of the whole film: those of our pictures, so that no length of theirs is rounded. */
const MOVIE_TIMESCALE = 90_000;
const MAX_UINT32 = 0xffff_ffff;
const LANGUAGE_UNDETERMINED = 0x55c4;
const UNITY_MATRIX = uint32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const USUAL_BRANDS = ['iso2', 'avc1', 'mp41'];

interface IndexOptions {
  readonly movie: MovieToWrite;
  readonly chunks: ChunkPlan;
  /** Bytes from the file's beginning to the first sample. */
  readonly dataStart: number;
  /** Offsets need 64 bits. */
  readonly isLarge: boolean;
}

/** `ftyp`. Source of this and what follows: ISO/IEC 14496-12. */
export function makeFileType(brands: readonly string[]): Buffer {
  const names = ['isom', ...USUAL_BRANDS, ...brands];
  return makeBox('ftyp', Buffer.from('isom'), uint32(0x200), Buffer.from(names.join(''), 'latin1'));
}

/** The header of `mdat`: its size in 64 bits where 32 do not hold it. */
export function makeMediaDataHeader(dataBytes: number): Buffer {
  const type = Buffer.from('mdat');
  if (dataBytes + 8 <= MAX_UINT32) return Buffer.concat([uint32(dataBytes + 8), type]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(dataBytes + 16));
  return Buffer.concat([uint32(1), type, size]);
}

/** `moov`. @throws AppError `MEDIA_OUTPUT_INVALID` where a track is longer than 32 bits of ticks (13 hours) */
export function makeIndex(options: IndexOptions): Buffer {
  const { movie } = options;
  const tracks = movie.tracks.map((track, index) => makeTrack(track, index, options));
  const longest = Math.max(0, ...movie.tracks.map(shownMovieTicks));
  const header = makeFullBox(
    'mvhd',
    0,
    uint32(0, 0, MOVIE_TIMESCALE, longest, 0x10000),
    uint16(0x100, 0),
    uint32(0, 0),
    UNITY_MATRIX,
    uint32(0, 0, 0, 0, 0, 0, movie.tracks.length + 1),
  );
  return makeBox('moov', header, ...tracks, ...(movie.title === undefined ? [] : [makeTitle(movie.title)]));
}

function makeTrack(track: TrackToWrite, index: number, options: IndexOptions): Buffer {
  const { handler, width, height, timescale, startTicks } = track;
  const isSound = handler === 'soun';
  const shownTicks = shownMovieTicks(track);
  const header = makeFullBox(
    'tkhd',
    3, // Enabled, in the film.
    uint32(0, 0, index + 1, 0, shownTicks, 0, 0),
    uint16(0, isSound ? 1 : 0, isSound ? 0x100 : 0, 0),
    UNITY_MATRIX,
    uint32(width * 0x10000, height * 0x10000),
  );
  const edits = makeBox('edts', makeFullBox('elst', 0, uint32(1, shownTicks, startTicks, 0x10000)));
  const mediaHeader = makeFullBox(
    'mdhd',
    0,
    uint32(0, 0, timescale, lengthTicks(track)),
    uint16(LANGUAGE_UNDETERMINED, 0),
  );
  const name = Buffer.from(isSound ? 'SoundHandler\0' : 'VideoHandler\0');
  const handlerBox = makeFullBox('hdlr', 0, uint32(0), Buffer.from(handler), uint32(0, 0, 0), name);
  const kind = isSound ? makeFullBox('smhd', 0, uint32(0)) : makeFullBox('vmhd', 1, uint32(0, 0));
  const place = makeBox('dinf', makeFullBox('dref', 0, uint32(1), makeFullBox('url ', 1)));
  const information = makeBox('minf', kind, place, makeSampleTable(track, index, options));
  return makeBox('trak', header, edits, makeBox('mdia', mediaHeader, handlerBox, information));
}

function makeSampleTable(
  track: TrackToWrite,
  index: number,
  { chunks, dataStart, isLarge }: IndexOptions,
): Buffer {
  const ownChunks = elementAt(chunks.chunksOfTracks, index);
  const sync = makeSyncBox(track);
  return makeBox(
    'stbl',
    makeFullBox('stsd', 0, uint32(1), track.sampleEntry),
    makeDurations(track),
    ...(sync === undefined ? [] : [sync]),
    makeChunkLengths(ownChunks),
    makeSizes(track),
    makeChunkOffsets(ownChunks, dataStart, isLarge),
  );
}

function makeDurations({ runs }: TrackToWrite): Buffer {
  const entries: number[] = [];
  let count = 0;
  let last = -1;
  const finish = (): void => {
    if (count > 0) entries.push(count, last);
  };
  for (const { durationTicks } of runs) {
    for (const ticks of durationTicks) {
      if (ticks !== last) {
        finish();
        count = 0;
        last = ticks;
      }
      count += 1;
    }
  }
  finish();
  return makeFullBox('stts', 0, uint32(entries.length / 2), uint32List(entries));
}

/** Absent where decoding can begin everywhere, as for sound. */
function makeSyncBox({ runs }: TrackToWrite): Buffer | undefined {
  const numbers: number[] = [];
  let sample = 0;
  for (const { isSync } of runs) {
    for (const flag of isSync) {
      sample += 1;
      if (flag === 1) numbers.push(sample);
    }
  }
  return numbers.length === sample
    ? undefined
    : makeFullBox('stss', 0, uint32(numbers.length), uint32List(numbers));
}

function makeSizes({ runs }: TrackToWrite): Buffer {
  const count = runs.reduce((sum, { sizes }) => sum + sizes.length, 0);
  return makeFullBox('stsz', 0, uint32(0, count), ...runs.map(({ sizes }) => uint32List(sizes)));
}

function makeChunkLengths(chunks: readonly Chunk[]): Buffer {
  const entries: number[] = [];
  let last = -1;
  for (const [index, { sampleCount }] of chunks.entries()) {
    if (sampleCount !== last) entries.push(index + 1, sampleCount, 1);
    last = sampleCount;
  }
  return makeFullBox('stsc', 0, uint32(entries.length / 3), uint32List(entries));
}

function makeChunkOffsets(chunks: readonly Chunk[], dataStart: number, isLarge: boolean): Buffer {
  if (!isLarge) {
    const offsets = chunks.map(({ offset }) => dataStart + offset);
    return makeFullBox('stco', 0, uint32(chunks.length), uint32List(offsets));
  }
  const offsets = Buffer.alloc(chunks.length * 8);
  for (const [index, { offset }] of chunks.entries()) {
    offsets.writeBigUInt64BE(BigInt(dataStart + offset), index * 8);
  }
  return makeFullBox('co64', 0, uint32(chunks.length), offsets);
}

function lengthTicks({ runs }: TrackToWrite): number {
  let ticks = 0;
  for (const { durationTicks } of runs) for (const duration of durationTicks) ticks += duration;
  if (ticks > MAX_UINT32) throw tooLong();
  return ticks;
}

/** What of the track is shown, in the film's ticks. */
function shownMovieTicks(track: TrackToWrite): number {
  const ticks = Math.max(0, lengthTicks(track) - track.startTicks);
  const movieTicks = Math.round((ticks * MOVIE_TIMESCALE) / track.timescale);
  if (movieTicks > MAX_UINT32) throw tooLong();
  return movieTicks;
}

function tooLong(): AppError {
  return mediaError('MEDIA_OUTPUT_INVALID', 'The film is too long for its format');
}

/** As iTunes writes it, which every player reads. */
function makeTitle(title: string): Buffer {
  const data = makeBox('data', uint32(1, 0), Buffer.from(title));
  const handler = makeFullBox('hdlr', 0, uint32(0), Buffer.from('mdirappl'), uint32(0, 0), Buffer.alloc(1));
  return makeBox('udta', makeFullBox('meta', 0, handler, makeBox('ilst', makeBox('©nam', data))));
}
