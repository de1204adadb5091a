import { findBox, listBoxes, makeBox } from './box.ts';

/** Bytes of a visual sample entry's own fields, behind its header. */
const VISUAL_FIELD_BYTES = 78;
const HEADER_BYTES = 8;

/**
 * The parameter sets of H.264 that an `avc1` entry carries (its `avcC` box), or undefined where it has none. Streams
 * with equal ones follow each other in one track.
 */
export function parameterSetsOf(sampleEntry: Buffer): Buffer | undefined {
  const box = findBox(listBoxes(sampleEntry, HEADER_BYTES + VISUAL_FIELD_BYTES, sampleEntry.length), 'avcC');
  return box && sampleEntry.subarray(box.bodyStart, box.end);
}

/** The entry without what it says of its own stream's bit rate, which is not that of a track made of many. */
export function withoutBitRate(sampleEntry: Buffer): Buffer {
  const fields = sampleEntry.subarray(HEADER_BYTES, HEADER_BYTES + VISUAL_FIELD_BYTES);
  const boxes = listBoxes(sampleEntry, HEADER_BYTES + VISUAL_FIELD_BYTES, sampleEntry.length)
    .filter((box) => box.type !== 'btrt')
    .map((box) => sampleEntry.subarray(box.start, box.end));
  return makeBox(sampleEntry.toString('latin1', 4, 8), fields, ...boxes);
}
