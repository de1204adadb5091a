import { type FileHandle, open } from 'node:fs/promises';
import { type BoxSpan, damagedIndex, findBox, listBoxes, parseBoxHeader } from './box.ts';
import { holdClaims } from './claims.ts';
import type { Movie, MovieTrack } from './movie.ts';
import { readSampleTable, type SampleRoom } from './sample-table.ts';

/** The index of an hour of film has some megabytes. */
const MAX_INDEX_BYTES = 32 * 1024 * 1024;
const MAX_FILE_TYPE_BYTES = 4_096;
const MAX_TOP_BOXES = 10_000;
const MAX_TRACKS = 32;
/** Rows: thirty-seven hours at 30 pictures a second: no file of ours; and what tables of them take is bounded. */
const MAX_SAMPLES = 4_000_000;
/** Parts of an index that stand beside it, in films that are made of fragments. */
const SIDE_INDICES = new Set(['moof', 'mfra', 'sidx', 'ssix', 'meta', 'pssh']);
const HEADER_BYTES = 16;
/** Read ahead from a box on: many small boxes must not take a read each. */
const WINDOW_BYTES = 8 * 1024;
/** Read at once: of clips that are prepared the whole index, and of others what tells where theirs is. */
const HEAD_BYTES = 64 * 1024;

/** A box at the top of a file: its type and where it lies, in bytes from the file's beginning. */
export interface TopBox {
  readonly type: string;
  readonly start: number;
  readonly sizeBytes: number;
  readonly headerBytes: number;
}

/**
 * Reads an mp4 file's index, and no more of the file. It is held against the file's real size first: tables that claim
 * more than there is are refused before anything is made of them.
 *
 * @throws AppError `MEDIA_INDEX_INVALID` for whatever is no mp4 file, or one whose index is damaged
 */
export async function readMovie(path: string): Promise<Movie> {
  const handle = await open(path);
  try {
    const { size: fileBytes } = await handle.stat();
    const file = await openHead(handle, fileBytes);
    const boxes = await listTopBoxes(file, fileBytes);
    const type = boxes[0];
    if (type?.type !== 'ftyp' || type.sizeBytes > MAX_FILE_TYPE_BYTES) throw damagedIndex('there is no ftyp');
    const indices = boxes.filter((box) => box.type === 'moov');
    const [index] = indices;
    if (index === undefined || indices.length > 1 || index.sizeBytes > MAX_INDEX_BYTES) {
      throw damagedIndex(`there are ${indices.length} indices, or one of no sensible size`);
    }
    const brands = brandsOf(await readBody(file, type));
    const bytes = await readBody(file, index);
    holdClaims(bytes, fileBytes);
    await holdSideClaims(file, boxes, fileBytes);
    const isIndexInFront = boxes.indexOf(index) < boxes.findIndex((box) => box.type === 'mdat');
    return { fileBytes, brands, isIndexInFront, tracks: readTracks(bytes, fileBytes) };
  } finally {
    await handle.close();
  }
}

/** What reads bytes from a place in a file: the file itself, or something in front of it. */
interface Readable {
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
}

/** The file, its beginning being read already. */
async function openHead(file: FileHandle, fileBytes: number): Promise<Readable> {
  const bytes = Buffer.allocUnsafe(Math.min(HEAD_BYTES, fileBytes));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
  const head = bytes.subarray(0, bytesRead);
  return {
    async read(buffer, offset, length, position) {
      const isInHead = position + length <= head.length;
      if (!isInHead) return file.read(buffer, offset, length, position);
      return { bytesRead: head.copy(buffer, offset, position, position + length) };
    },
  };
}

/**
 * The boxes that an mp4 file consists of, in order. A file that was cut off has a last one that reaches behind its end.
 *
 * @throws AppError `MEDIA_INDEX_INVALID` where it does not consist of whole boxes
 */
export async function listTopBoxes(file: Readable, fileBytes: number): Promise<TopBox[]> {
  const boxes: TopBox[] = [];
  const bytes = Buffer.alloc(Math.min(WINDOW_BYTES, fileBytes));
  let window = { start: 0, end: 0 };
  for (let start = 0; start < fileBytes; ) {
    const isInWindow = start + HEADER_BYTES <= window.end || (start < window.end && window.end >= fileBytes);
    if (!isInWindow) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      window = { start, end: start + bytesRead };
    }
    const header = bytes.subarray(
      start - window.start,
      Math.min(start + HEADER_BYTES, window.end) - window.start,
    );
    const box = parseBoxHeader(header, fileBytes - start);
    if (box === undefined || boxes.length >= MAX_TOP_BOXES) throw damagedIndex(`no box at byte ${start}`);
    boxes.push({ start, ...box });
    start += box.sizeBytes;
  }
  return boxes;
}

async function readBody(file: Readable, { start, sizeBytes, headerBytes }: TopBox): Promise<Buffer> {
  const body = Buffer.alloc(sizeBytes - headerBytes);
  const { bytesRead } = await file.read(body, 0, body.length, start + headerBytes);
  if (bytesRead < body.length) throw damagedIndex('the file became shorter while it was read');
  return body;
}

/** What the parts of the index beside it claim; all of them together are as large as an index may be. */
async function holdSideClaims(file: Readable, boxes: readonly TopBox[], fileBytes: number): Promise<void> {
  const sides = boxes.filter(({ type }) => SIDE_INDICES.has(type));
  if (sides.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > MAX_INDEX_BYTES) {
    throw damagedIndex('its fragments claim more than an index may');
  }
  for (const box of sides) holdClaims(await readWhole(file, box), fileBytes);
}

function readWhole(file: Readable, { start, sizeBytes }: TopBox): Promise<Buffer> {
  return readBody(file, { type: '', start, sizeBytes, headerBytes: 0 });
}

/** Major brand, a version, compatible brands. */
function brandsOf(body: Buffer): string[] {
  const brands: string[] = [];
  for (let at = 0; at + 4 <= body.length; at += 4) {
    if (at !== 4) brands.push(body.toString('latin1', at, at + 4));
  }
  return brands;
}

function readTracks(bytes: Buffer, fileBytes: number): MovieTrack[] {
  const boxes = listBoxes(bytes, 0, bytes.length).filter((box) => box.type === 'trak');
  if (boxes.length === 0) throw damagedIndex('there is no track');
  if (boxes.length > MAX_TRACKS) throw damagedIndex('more tracks than a file may have');
  // Tables are unfolded: many tracks may not each take what one may.
  let rest = MAX_SAMPLES;
  return boxes.map((box) => {
    const track = readTrack(bytes, box, { fileBytes, maxSamples: rest });
    rest -= track.samples.count;
    return track;
  });
}

function readTrack(bytes: Buffer, box: BoxSpan, room: SampleRoom): MovieTrack {
  const parts = listBoxes(bytes, box.bodyStart, box.end);
  const media = childrenOf(bytes, parts, 'mdia');
  const handlerBox = bodyOf(bytes, media, 'hdlr', 12);
  const header = bodyOf(bytes, media, 'mdhd', 24);
  const timescale = header.readUInt32BE(header[0] === 1 ? 20 : 12);
  if (timescale === 0) throw damagedIndex('a track without a clock');
  const tables = childrenOf(bytes, childrenOf(bytes, media, 'minf'), 'stbl');
  const sampleEntry = readSampleEntry(bodyOf(bytes, tables, 'stsd', 16));
  const handler = handlerBox.toString('latin1', 8, 12);
  const isPicture = handler === 'vide' && sampleEntry.length >= 36;
  return {
    handler,
    codec: sampleEntry.toString('latin1', 4, 8),
    sampleEntry,
    timescale,
    width: isPicture ? sampleEntry.readUInt16BE(32) : 0,
    height: isPicture ? sampleEntry.readUInt16BE(34) : 0,
    startTicks: readStart(bytes, parts),
    samples: readSampleTable(bytes, { boxes: tables, isSound: handler === 'soun' }, room),
  };
}

function childrenOf(bytes: Buffer, boxes: readonly BoxSpan[], type: string): BoxSpan[] {
  const box = findBox(boxes, type);
  if (box === undefined) throw damagedIndex(`there is no ${type}`);
  return listBoxes(bytes, box.bodyStart, box.end);
}

function bodyOf(bytes: Buffer, boxes: readonly BoxSpan[], type: string, leastBytes: number): Buffer {
  const box = findBox(boxes, type);
  if (box === undefined || box.end - box.bodyStart < leastBytes) throw damagedIndex(`${type} is cut short`);
  return bytes.subarray(box.bodyStart, box.end);
}

/** The first sample entry. A copy: it outlives the index. */
function readSampleEntry(body: Buffer): Buffer {
  const [entry] = listBoxes(body, 8, body.length);
  if (entry === undefined) throw damagedIndex('there is no sample entry');
  return Buffer.from(body.subarray(entry.start, entry.end));
}

/** The first edit that shows something of the track; what stands in front of it is a pause. */
function readStart(bytes: Buffer, parts: readonly BoxSpan[]): number {
  const edits = findBox(parts, 'edts');
  const list = edits && findBox(listBoxes(bytes, edits.bodyStart, edits.end), 'elst');
  if (list === undefined || list.end - list.bodyStart < 8) return 0;
  const isLong = bytes[list.bodyStart] === 1;
  const entryBytes = isLong ? 20 : 12;
  const count = bytes.readUInt32BE(list.bodyStart + 4);
  for (let entry = 0; entry < count; entry++) {
    const at = list.bodyStart + 8 + entry * entryBytes;
    if (at + entryBytes > list.end) break;
    const mediaTime = isLong ? Number(bytes.readBigInt64BE(at + 8)) : bytes.readInt32BE(at + 4);
    if (mediaTime >= 0) return mediaTime;
  }
  return 0;
}
