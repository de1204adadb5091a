/** A plan for the spectra of windows of one length; it holds room for one of them. */
export interface RealTransform {
  /**
   * Squared magnitudes of the discrete Fourier transform of samples from one on, each times its place in the window.
   *
   * @param samples Float32Array with at least `from` + size samples, real.
   * @param window Float32Array [size].
   * @param target Float32Array [size / 2 + 1]; written.
   */
  readonly powers: (samples: Float32Array, from: number, window: Float32Array, target: Float32Array) => void;
}

/** The halves of a signal of size n, taken as real and imaginary parts, are a complex signal of n / 2. */
interface Room {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** What is transformed: samples from one on, times the window, in that order. */
interface Input {
  readonly samples: Float32Array;
  readonly from: number;
  readonly window: Float32Array;
  readonly order: Uint16Array;
}

/** Numbers per butterfly of four: three factors, real and imaginary. */
const FACTORS_PER_BUTTERFLY = 6;

/**
 * Plan the Fourier transform of real signals: a complex one of half the length in steps of four (one of two first, where
 * the length asks for it), then the two halves told apart.
 *
 * Real signals are all that analysis has, and powers all that it asks for: half the time of a general transform.
 *
 * Source: W. T. Cochran et al., "What is the fast Fourier transform?", Proc. IEEE 1967 (radix 4, decimation in time);
 * H. V. Sorensen et al., "Real-valued fast Fourier transform algorithms", IEEE TASSP 1987.
 *
 * @param size A power of two, at least 8.
 */
export function planRealTransform(size: number): RealTransform {
  const half = size / 2;
  const startsWithPairs = Math.log2(half) % 2 === 1;
  const room = { re: new Float64Array(half), im: new Float64Array(half) };
  const order = orderOfInput(half, startsWithPairs);
  const stages: Float64Array[] = [];
  for (let length = startsWithPairs ? 2 : 1; length < half; length *= 4) stages.push(factorsOfStage(length));
  const turns = unitCircle(half / 2 + 1, size);
  return {
    powers: (samples, from, window, target) => {
      const take = startsWithPairs ? takePairs : takeSingly;
      take(room, { samples, from, window, order });
      for (const factors of stages) joinFours(room, factors);
      tellApart(room, turns, target);
    },
  };
}

/** Which complex sample goes where, so that every step works in place: digits of base four (and one of two) reversed. */
function orderOfInput(length: number, startsWithPairs: boolean): Uint16Array {
  const order = new Uint16Array(length);
  const fill = (to: number, count: number, from: number, step: number) => {
    if (count === 1) {
      order[to] = from;
      return;
    }
    const parts = startsWithPairs && count === 2 ? 2 : 4;
    for (let part = 0; part < parts; part++)
      fill(to + (part * count) / parts, count / parts, from + part * step, step * parts);
  };
  fill(0, length, 0, 1);
  return order;
}

/** exp(-2πi k / whole) for k from 0: cosines and sines in turn. */
function unitCircle(count: number, whole: number): Float64Array {
  return Float64Array.from({ length: 2 * count }, (_, i) => {
    const angle = (-2 * Math.PI * Math.floor(i / 2)) / whole;
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}

/** What the second, third and fourth part of each butterfly are turned by, where parts have so many samples. */
function factorsOfStage(length: number): Float64Array {
  const circle = unitCircle(3 * length, 4 * length);
  return Float64Array.from({ length: FACTORS_PER_BUTTERFLY * length }, (_, i) => {
    const place = Math.floor(i / FACTORS_PER_BUTTERFLY);
    const part = 1 + Math.floor((i % FACTORS_PER_BUTTERFLY) / 2);
    return circle[2 * part * place + (i % 2)]!;
  });
}

function takeSingly({ re, im }: Room, { samples, from, window, order }: Input): void {
  for (let i = 0; i < re.length; i++) {
    const a = 2 * order[i]!;
    re[i] = samples[from + a]! * window[a]!;
    im[i] = samples[from + a + 1]! * window[a + 1]!;
  }
}

/** The same with the first step, of pairs, done at once. */
function takePairs({ re, im }: Room, { samples, from, window, order }: Input): void {
  for (let i = 0; i < re.length; i += 2) {
    const a = 2 * order[i]!;
    const b = 2 * order[i + 1]!;
    const aRe = samples[from + a]! * window[a]!;
    const aIm = samples[from + a + 1]! * window[a + 1]!;
    const bRe = samples[from + b]! * window[b]!;
    const bIm = samples[from + b + 1]! * window[b + 1]!;
    re[i] = aRe + bRe;
    im[i] = aIm + bIm;
    re[i + 1] = aRe - bRe;
    im[i + 1] = aIm - bIm;
  }
}

/** Join every four neighbouring transforms to one of four times the length. */
function joinFours({ re, im }: Room, factors: Float64Array): void {
  const length = factors.length / FACTORS_PER_BUTTERFLY;
  for (let from = 0; from < re.length; from += 4 * length) {
    for (let k = 0, f = 0; k < length; k++, f += FACTORS_PER_BUTTERFLY) {
      const a = from + k;
      const b = a + length;
      const c = b + length;
      const d = c + length;
      // Each number is read once, for engines do not see by themselves that it is the same the second time.
      const aRe = re[a]!;
      const aIm = im[a]!;
      const bInRe = re[b]!;
      const bInIm = im[b]!;
      const cInRe = re[c]!;
      const cInIm = im[c]!;
      const dInRe = re[d]!;
      const dInIm = im[d]!;
      const bByRe = factors[f]!;
      const bByIm = factors[f + 1]!;
      const cByRe = factors[f + 2]!;
      const cByIm = factors[f + 3]!;
      const dByRe = factors[f + 4]!;
      const dByIm = factors[f + 5]!;
      const bRe = bInRe * bByRe - bInIm * bByIm;
      const bIm = bInRe * bByIm + bInIm * bByRe;
      const cRe = cInRe * cByRe - cInIm * cByIm;
      const cIm = cInRe * cByIm + cInIm * cByRe;
      const dRe = dInRe * dByRe - dInIm * dByIm;
      const dIm = dInRe * dByIm + dInIm * dByRe;
      const acRe = aRe + cRe;
      const acIm = aIm + cIm;
      const awayRe = aRe - cRe;
      const awayIm = aIm - cIm;
      const bdRe = bRe + dRe;
      const bdIm = bIm + dIm;
      const apartRe = bRe - dRe;
      const apartIm = bIm - dIm;
      re[a] = acRe + bdRe;
      im[a] = acIm + bdIm;
      re[b] = awayRe + apartIm;
      im[b] = awayIm - apartRe;
      re[c] = acRe - bdRe;
      im[c] = acIm - bdIm;
      re[d] = awayRe - apartIm;
      im[d] = awayIm + apartRe;
    }
  }
}

/** The power spectrum of the real signal, of the spectrum of its halves. */
function tellApart({ re, im }: Room, turns: Float64Array, target: Float32Array): void {
  const half = re.length;
  target[0] = (re[0]! + im[0]!) ** 2;
  target[half] = (re[0]! - im[0]!) ** 2;
  for (let low = 1, high = half - 1; low <= high; low++, high--) {
    const lowRe = re[low]!;
    const lowIm = im[low]!;
    const highRe = re[high]!;
    const highIm = im[high]!;
    const byRe = turns[2 * low]!;
    const byIm = turns[2 * low + 1]!;
    // Twice the even samples' part, and twice that of the odd ones, which is turned.
    const evenRe = lowRe + highRe;
    const evenIm = lowIm - highIm;
    const oddRe = lowIm + highIm;
    const oddIm = highRe - lowRe;
    const turnedRe = oddRe * byRe - oddIm * byIm;
    const turnedIm = oddRe * byIm + oddIm * byRe;
    target[low] = ((evenRe + turnedRe) ** 2 + (evenIm + turnedIm) ** 2) / 4;
    target[high] = ((evenRe - turnedRe) ** 2 + (evenIm - turnedIm) ** 2) / 4;
  }
}
