import type { AppError } from '@bachata-buddy/platform';
import { elementAt } from '@bachata-buddy/platform';
import { mediaError } from '../errors.ts';

/** Where a box lies in a buffer: its payload is `bytes.subarray(bodyStart, end)`. */
export interface BoxSpan {
  /** Four characters of Latin-1: `moov`, `stsz`, `©nam`. */
  readonly type: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
}

const SHORT_HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;
/** More children than any index of ours has; a hostile one must not keep us reading. */
const MAX_CHILDREN = 10_000;

/** Said of every index that contradicts itself or the file it lies in. */
export function damagedIndex(problem: string): AppError {
  return mediaError('MEDIA_INDEX_INVALID', 'The index of the file is damaged', { details: { problem } });
}

/**
 * Size and type of the box that begins with these bytes. A size of 1 stands for one of 64 bits behind the type, 0
 * for all that is left. Source: ISO/IEC 14496-12, 4.2.
 *
 * @param header 8 bytes or more; 16 where the size is written in 64 bits
 * @param restBytes from the box's first byte to the end of what holds it
 * @returns undefined where no whole box begins here
 */
export function parseBoxHeader(
  header: Buffer,
  restBytes: number,
): { type: string; sizeBytes: number; headerBytes: number } | undefined {
  if (header.length < SHORT_HEADER_BYTES) return undefined;
  const short = header.readUInt32BE(0);
  const headerBytes = short === 1 ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES;
  if (header.length < headerBytes) return undefined;
  const long = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
  const sizeBytes = short === 0 ? restBytes : long;
  if (sizeBytes < headerBytes || sizeBytes > restBytes) return undefined;
  return { type: header.toString('latin1', 4, 8), sizeBytes, headerBytes };
}

/**
 * The boxes that fill a stretch of a buffer, in order.
 *
 * @throws AppError `MEDIA_INDEX_INVALID` where they do not
 */
export function listBoxes(bytes: Buffer, start: number, end: number): BoxSpan[] {
  const boxes: BoxSpan[] = [];
  for (let at = start; at < end; ) {
    const header = parseBoxHeader(bytes.subarray(at, Math.min(end, at + LONG_HEADER_BYTES)), end - at);
    // Some writers end a container with four zero bytes (QuickTime's user data).
    if (header === undefined && end - at < SHORT_HEADER_BYTES) break;
    if (header === undefined || boxes.length >= MAX_CHILDREN) throw damagedIndex(`no box at byte ${at}`);
    boxes.push({
      type: header.type,
      start: at,
      bodyStart: at + header.headerBytes,
      end: at + header.sizeBytes,
    });
    at += header.sizeBytes;
  }
  return boxes;
}

/** The first box of a type, or undefined. */
export function findBox(boxes: readonly BoxSpan[], type: string): BoxSpan | undefined {
  return boxes.find((box) => box.type === type);
}

/** A box around its parts. */
export function makeBox(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(SHORT_HEADER_BYTES);
  header.writeUInt32BE(SHORT_HEADER_BYTES + body.length, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** A box with a version and flags in front of its parts. */
export function makeFullBox(type: string, flags: number, ...parts: readonly Uint8Array[]): Buffer {
  return makeBox(type, uint32(flags), ...parts);
}

/** Numbers as 32-bit big-endian. */
export function uint32(...values: readonly number[]): Buffer {
  return uint32List(values);
}

/** The same for any number of them: what a call may be given as arguments is limited. */
export function uint32List(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (let index = 0; index < values.length; index++)
    bytes.writeUInt32BE(elementAt(values, index), index * 4);
  return bytes;
}

/** Numbers as 16-bit big-endian. */
export function uint16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}
