import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaTools } from '@bachata-buddy/media';
import type { Test } from 'tap';

/** Writes an executable shell script into a folder that is removed with the test. */
export function writeProgram(directory: string, name: string, script: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Tools whose ffmpeg is a script: for the ways to end that a real ffmpeg does not offer on demand. */
export function scriptedTools(t: Test, script: string): MediaTools {
  const ffmpegPath = writeProgram(t.testdir(), 'ffmpeg', script);
  return { ffmpegPath, ffprobePath: ffmpegPath, ffmpegVersion: 'scripted' };
}
