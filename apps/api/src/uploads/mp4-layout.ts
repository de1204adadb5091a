import { type FileHandle, open } from 'node:fs/promises';
import { listTopBoxes, type TopBox } from '@bachata-buddy/media';
import { hasCode } from '@bachata-buddy/platform';

/**
 * Brands of ISO base media files that hold a film: no QuickTime, no 3GPP, no still picture, no sound alone. One of them
 * among those that a file says it is compatible with will do: makers of cameras put a brand of their own first.
 */
const FILM_BRANDS = /^(iso[m2-9]|mp4[12]|avc1|M4V[ HP]|MSNV|dash|cmf[2c]|f4v )$/;
/** The index of an hour of film has some megabytes; reading one takes many times its size in memory. */
const MAX_INDEX_BYTES = 32 * 1024 * 1024;
const BRAND_BYTES = 4;
/** No file names more than a few dozen. */
const MAX_FILE_TYPE_BYTES = 4_096;

/**
 * Whether a file is laid out as an mp4 film (ISO/IEC 14496-12): whole boxes from end to end, first the one that names
 * its type, one index of a sensible size. Says nothing of what is in them.
 */
export async function isLaidOutAsMp4(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const boxes = await listBoxesOf(file);
    const [first] = boxes;
    const indices = boxes.filter(({ type }) => type === 'moov');
    return (
      first?.type === 'ftyp' &&
      (await readBrands(file, first)).some((brand) => FILM_BRANDS.test(brand)) &&
      indices.length === 1 &&
      indices.every(({ sizeBytes }) => sizeBytes <= MAX_INDEX_BYTES)
    );
  } finally {
    await file.close();
  }
}

/** The boxes at the top; none where the file does not consist of whole ones. */
async function listBoxesOf(file: FileHandle): Promise<readonly TopBox[]> {
  try {
    return await listTopBoxes(file, (await file.stat()).size);
  } catch (thrown) {
    if (hasCode(thrown, 'MEDIA_INDEX_INVALID')) return [];
    throw thrown;
  }
}

/** What a file type box says that the file is, and may be read as: the major brand, a version, compatible brands. */
async function readBrands(file: FileHandle, { start, headerBytes, sizeBytes }: TopBox): Promise<string[]> {
  const body = Buffer.alloc(Math.min(sizeBytes - headerBytes, MAX_FILE_TYPE_BYTES));
  const { bytesRead } = await file.read(body, 0, body.length, start + headerBytes);
  const brands: string[] = [];
  for (let at = 0; at + BRAND_BYTES <= bytesRead; at += BRAND_BYTES) {
    if (at !== BRAND_BYTES) brands.push(body.toString('latin1', at, at + BRAND_BYTES));
  }
  return brands;
}
