import { readFile } from 'node:fs/promises';

/** Byte order marks, and what they say a text is written in. */
const MARKS: readonly (readonly [mark: Buffer, encoding: string])[] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
];

/**
 * A text file of somebody's: UTF-8 unless a byte order mark says otherwise, which is no part of the text.
 *
 * @throws the file system's errors
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path);
  const encoding = MARKS.find(([mark]) => bytes.subarray(0, mark.length).equals(mark))?.[1] ?? 'utf-8';
  // A decoder leaves out the mark of its own encoding.
  return new TextDecoder(encoding).decode(bytes);
}
