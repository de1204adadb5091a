import meydaModule from 'meyda';
import t from 'tap';
import { compressPowers } from '../src/log-compression.ts';
import { planRealTransform } from '../src/real-transform.ts';
import { soundOfSamples } from '../src/sound.ts';
import { measureTimbre } from '../src/timbre.ts';
import { makeNoise, RATE_HZ } from './support/synthesise.ts';

const SIZE = 2048;

/** The sum that defines the discrete Fourier transform. */
function powerOfBin(samples: Float32Array, bin: number): number {
  let re = 0;
  let im = 0;
  for (const [i, sample] of samples.entries()) {
    re += sample * Math.cos((2 * Math.PI * bin * i) / samples.length);
    im += sample * Math.sin((2 * Math.PI * bin * i) / samples.length);
  }
  return re * re + im * im;
}

t.test('powers are those of the windowed samples, whatever the size', async (t) => {
  for (const size of [8, 16, 256, 1024, 2048, 4096]) {
    const samples = Float32Array.from({ length: size + 5 }, makeNoise(size));
    const window = Float32Array.from({ length: size }, (_, i) => 0.5 + i / size);
    const powers = new Float32Array(size / 2 + 1);
    planRealTransform(size).powers(samples, 5, window, powers);
    const windowed = samples.slice(5).map((sample, i) => sample * window[i]!);
    for (const bin of [0, 1, 2, 3, size / 4, size / 2 - 1, size / 2]) {
      const expected = powerOfBin(windowed, bin);
      t.ok(Math.abs(powers[bin]! - expected) < 1e-4 * size, `${size}, ${bin}: ${powers[bin]}, ${expected}`);
    }
  }
});

t.test('loudness is the logarithm of the magnitude, from silence to far beyond full scale', async (t) => {
  const powers = Float32Array.from({ length: 200 }, (_, i) => (i === 0 ? 0 : 10 ** (i / 10 - 18) * 1.07));
  const loudness = new Float32Array(powers.length);
  compressPowers(powers, 0, powers.length, loudness);
  for (const [i, power] of powers.entries()) {
    const expected = Math.log1p(100 * Math.sqrt(power));
    t.ok(Math.abs(loudness[i]! - expected) < 3e-5, `${power}: ${loudness[i]}, ${expected}`);
  }
});

t.test('timbre is what Meyda extracts from the same window', async (t) => {
  const meyda = meydaModule as unknown as typeof meydaModule.default;
  const noise = makeNoise(8);
  const samples = Float32Array.from({ length: SIZE }, (_, i) => 0.3 * Math.sin(0.07 * i) + 0.05 * noise());
  const [timbre] = measureTimbre(soundOfSamples(samples), RATE_HZ, [0]);
  Object.assign(meyda, { sampleRate: RATE_HZ, bufferSize: SIZE, numberOfMFCCCoefficients: 13 });
  const found = meyda.extract(
    ['mfcc', 'chroma', 'spectralCentroid', 'spectralFlatness', 'zcr', 'rms'],
    samples,
  )!;
  const isNear = (a: number, b: number) => Math.abs(a - b) < 0.01 * (1 + Math.abs(b));
  t.ok(timbre!.mfcc.every((value, k) => isNear(value, found.mfcc![k]!)));
  t.ok(timbre!.chroma.every((value, k) => isNear(value, found.chroma![k]!)));
  t.ok(isNear(timbre!.centroidKhz, (found.spectralCentroid! * RATE_HZ) / SIZE / 1000));
  t.ok(isNear(timbre!.flatness, found.spectralFlatness!));
  t.ok(isNear(timbre!.zeroCrossings, found.zcr! / SIZE));
  t.ok(isNear(timbre!.rms, found.rms!));
});
