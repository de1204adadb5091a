import { open } from 'node:fs/promises';

const HEADER_BYTES = 16;
const MAX_BOXES = 1_000;

/** Whether an mp4 file has its index, and a last box that promises more than there is: what a broken download leaves. */
export async function isCutOff(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(HEADER_BYTES);
    let start = 0;
    let hasIndex = false;
    for (let count = 0; start < size && count < MAX_BOXES; count += 1) {
      const { bytesRead } = await file.read(header, 0, HEADER_BYTES, start);
      const short = bytesRead < 8 ? 0 : header.readUInt32BE(0);
      // 0 stands for all that is left, 1 for a size of 64 bits behind the type.
      const isLong = short === 1 && bytesRead === HEADER_BYTES;
      const sizeBytes = isLong ? Number(header.readBigUInt64BE(8)) : short;
      if (sizeBytes < 8) return false;
      start += sizeBytes;
      hasIndex ||= start <= size && header.toString('latin1', 4, 8) === 'moov';
    }
    return hasIndex && start > size;
  } finally {
    await file.close();
  }
}
