import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { toError } from '@bachata-buddy/platform';
import { modelDamaged, readModelFiles } from './model-files.ts';
import { PICTURE_SIZE } from './picture-size.ts';

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
  const { document, weights } = await readModelFiles(folder);
  const fromModel = createRequire(join(folder, 'package.json'));
  try {
    return await startModel(fromModel, JSON.parse(document.toString('utf8')), weights);
  } catch (thrown) {
    throw modelDamaged(`what runs it cannot be loaded (${toError(thrown).message})`, thrown);
  }
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
