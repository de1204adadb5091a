import { makeSoundPacker, type PackedSound } from '../../src/index.ts';

export function pack(samples: Float32Array): PackedSound {
  const packer = makeSoundPacker(samples.length);
  packer.append(samples);
  return packer.collected();
}
