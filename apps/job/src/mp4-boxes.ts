import { open } from 'node:fs/promises';

const HEADER_BYTES = 16;
/** A file of ours has five or so; a broken one must not keep us reading. */
const MAX_BOXES = 100;

/**
 * The types of an MP4 file's outermost boxes in order: `ftyp`, `moov`, `free`, `mdat`, ...
 * Ends early at a box whose size makes no sense. Source: ISO/IEC 14496-12, 4.2.
 */
export async function readBoxTypes(path: string): Promise<string[]> {
  const file = await open(path);
  try {
    const { size: fileSize } = await file.stat();
    const types: string[] = [];
    let offset = 0;
    while (offset + 8 <= fileSize && types.length < MAX_BOXES) {
      const { buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, offset);
      types.push(buffer.toString('latin1', 4, 8));
      const size = buffer.readUInt32BE(0);
      // 1: the real size follows in 64 bits. 0: the box reaches to the file's end.
      const boxSize = size === 1 ? Number(buffer.readBigUInt64BE(8)) : size === 0 ? fileSize - offset : size;
      if (boxSize < 8) break;
      offset += boxSize;
    }
    return types;
  } finally {
    await file.close();
  }
}
