import { planRealTransform, type RealTransform } from './real-transform.ts';
import type { Sound } from './sound.ts';

/** Frames whose samples are read together. */
const FRAMES_AT_ONCE = 32;

/** What a visitor of {@link visitSpectra} is given; `powers` is used again for every frame, so copy what you keep. */
export type SpectrumVisitor = (powers: Float32Array, frame: number) => void;

export interface SpectraOptions {
  /** Samples per window, a power of two. */
  readonly windowSize: number;
  /** Samples between the centres of two windows. */
  readonly hopSize: number;
  /** First sample that is looked at; frame 0 is centred on it. Default 0. */
  readonly startSample?: number;
  /** Number of frames. Default: as many as have their centre inside the samples. */
  readonly frameCount?: number;
}

/**
 * Walk over the power spectra of a signal without keeping them: memory stays that of one frame.
 *
 * Frame k is centred on sample `startSample + k * hopSize`; outside the signal there are zeros, so an attack on the very
 * first sample is seen as one. The window is a periodic Hann; powers (squared magnitudes) are scaled so that a sine of
 * amplitude 1 reads 1.
 *
 * @param visit Called once per frame with Float32Array [windowSize / 2 + 1] and the frame's number.
 */
export function visitSpectra(sound: Sound, options: SpectraOptions, visit: SpectrumVisitor): void {
  const { windowSize, hopSize, startSample = 0 } = options;
  const frameCount = options.frameCount ?? countFrames(sound.length, hopSize);
  const { transform, window, powers, roomFor } = planOf(windowSize);
  const room = roomFor(windowSize + (Math.min(FRAMES_AT_ONCE, frameCount) - 1) * hopSize);
  for (let frame = 0; frame < frameCount; frame++) {
    const place = frame % FRAMES_AT_ONCE;
    if (place === 0) sound.read(startSample + frame * hopSize - windowSize / 2, room);
    transform.powers(room, place * hopSize, window, powers);
    visit(powers, frame);
  }
}

/** Frames whose centre lies inside a signal of that many samples; 0 for an empty one. */
export function countFrames(sampleCount: number, hopSize: number): number {
  return Math.ceil(sampleCount / hopSize);
}

/** What a window of one size takes, made once: analysis has four sizes, and asks for some of them a thousand times. */
interface Plan {
  readonly transform: RealTransform;
  readonly window: Float32Array;
  /** Room for the spectrum of one frame, Float32Array [windowSize / 2 + 1]. */
  readonly powers: Float32Array;
  /** Room for so many samples: the same as the last time where as many were asked for. */
  readonly roomFor: (length: number) => Float32Array;
}

const plans = new Map<number, Plan>();

function planOf(windowSize: number): Plan {
  const known = plans.get(windowSize);
  if (known !== undefined) return known;
  let room = new Float32Array(windowSize);
  const plan = {
    transform: planRealTransform(windowSize),
    window: scaledHannWindow(windowSize),
    powers: new Float32Array(windowSize / 2 + 1),
    roomFor: (length: number) => {
      if (room.length !== length) room = new Float32Array(length);
      return room;
    },
  };
  plans.set(windowSize, plan);
  return plan;
}

/** Periodic Hann window, Float32Array [size], scaled so that a sine of amplitude 1 has a magnitude of 1. */
function scaledHannWindow(size: number): Float32Array {
  const scale = 4 / size;
  return Float32Array.from(
    { length: size },
    (_, i) => scale * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)),
  );
}
