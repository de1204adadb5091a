import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Recordings that are too large or too personal for the repository lie beside it. */
const SHARED_DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

export function sharedPath(relative: string): string {
  return `${SHARED_DATA}${relative}`;
}

/** `false` where the data is there, else why the test is skipped: fits tap's `skip`. */
export function missing(relative: string): string | false {
  return existsSync(sharedPath(relative)) ? false : `shared/data/${relative} is not on this machine`;
}

/** Decode a file's sound to mono at 22,050 Hz. */
export function decodeAudio(path: string): Float32Array {
  const args = ['-v', 'error', '-i', path, '-vn', '-ac', '1', '-ar', '22050', '-f', 'f32le', '-'];
  const { status, stdout, stderr } = spawnSync('ffmpeg', args, { maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`);
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
}
