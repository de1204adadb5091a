import { type FileHandle, open } from 'node:fs/promises';

/** Brands of ISO base media files that hold a film: no QuickTime, no 3GPP, no still picture, no sound alone. */
const FILM_BRANDS = /^(iso[m2-9]|mp4[12]|avc1|M4V[ HP]|MSNV|dash|cmf[2c]|f4v )$/;
/** The index of an hour of film has some megabytes; reading one takes many times its size in memory. */
const MAX_INDEX_BYTES = 32 * 1024 * 1024;
const MAX_BOXES = 10_000;
const HEADER_BYTES = 16;

interface Box {
  readonly type: string;
  readonly sizeBytes: number;
  /** Of a file type box: what it says the file is. */
  readonly brand: string;
}

/**
 * Whether a file is laid out as an mp4 film (ISO/IEC 14496-12): whole boxes from end to end, first the one that names
 * its type, one index of a sensible size. Says nothing of what is in them.
 */
export async function isLaidOutAsMp4(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const boxes = await listBoxes(file, size);
    const index = boxes?.filter(({ type }) => type === 'moov');
    return (
      boxes?.[0]?.type === 'ftyp' &&
      FILM_BRANDS.test(boxes[0].brand) &&
      index?.length === 1 &&
      (index[0]?.sizeBytes ?? 0) <= MAX_INDEX_BYTES
    );
  } finally {
    await file.close();
  }
}

/** The boxes at the top; undefined where the file does not consist of some. */
async function listBoxes(file: FileHandle, fileBytes: number): Promise<Box[] | undefined> {
  const boxes: Box[] = [];
  const header = Buffer.alloc(HEADER_BYTES);
  for (let position = 0; position < fileBytes; ) {
    const { bytesRead } = await file.read(header, 0, HEADER_BYTES, position);
    const box = parseHeader(header.subarray(0, bytesRead), fileBytes - position);
    if (box === undefined || boxes.length >= MAX_BOXES) return undefined;
    boxes.push(box);
    position += box.sizeBytes;
  }
  return boxes;
}

/** Size, type; a size of 1 stands for one of 64 bits behind the type, 0 for all that is left. */
function parseHeader(header: Buffer, restBytes: number): Box | undefined {
  if (header.length < 8) return undefined;
  const short = header.readUInt32BE(0);
  if (short === 1 && header.length < HEADER_BYTES) return undefined;
  const long = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
  const sizeBytes = short === 0 ? restBytes : long;
  if (sizeBytes < (short === 1 ? HEADER_BYTES : 8) || sizeBytes > restBytes) return undefined;
  const at = short === 1 ? HEADER_BYTES : 8;
  return { type: header.toString('latin1', 4, 8), sizeBytes, brand: header.toString('latin1', at, at + 4) };
}
