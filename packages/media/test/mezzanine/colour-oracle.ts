/** Colour conversion by the book (ITU-R BT.601, 709, 2020, 2100, 2408), for what ffmpeg's filters are judged by. */

export type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

export interface ColourSystem {
  /** Luma weights of red and blue. */
  readonly kr: number;
  readonly kb: number;
  /** Chromaticities x, y of red, green, blue; white is D65 throughout. */
  readonly primaries: readonly (readonly [number, number])[];
  readonly isFullRange: boolean;
  readonly bits: 8 | 10;
}

const P709 = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
] as const;
const P525 = [
  [0.63, 0.34],
  [0.31, 0.595],
  [0.155, 0.07],
] as const;
const P2020 = [
  [0.708, 0.292],
  [0.17, 0.797],
  [0.131, 0.046],
] as const;
const D65 = [0.3127, 0.329] as const;

export const BT709: ColourSystem = { kr: 0.2126, kb: 0.0722, primaries: P709, isFullRange: false, bits: 8 };
export const BT601: ColourSystem = { kr: 0.299, kb: 0.114, primaries: P525, isFullRange: false, bits: 8 };
export const BT2020: ColourSystem = {
  kr: 0.2627,
  kb: 0.0593,
  primaries: P2020,
  isFullRange: false,
  bits: 10,
};

/** R'G'B' of 0..1 as the codes of Y', Cb, Cr. */
export function toCodes(rgb: Triple, system: ColourSystem): Triple {
  const { kr, kb, isFullRange, bits } = system;
  const [r, g, b] = rgb;
  const luma = kr * r + (1 - kr - kb) * g + kb * b;
  const cb = (b - luma) / (2 * (1 - kb));
  const cr = (r - luma) / (2 * (1 - kr));
  const unit = 2 ** (bits - 8);
  const top = 2 ** bits - 1;
  if (isFullRange) return [luma * top, cb * top + 128 * unit, cr * top + 128 * unit];
  return [(219 * luma + 16) * unit, (224 * cb + 128) * unit, (224 * cr + 128) * unit];
}

/** The levels of red, green and blue, 0 to 255, that a screen shows for codes of limited BT.709. */
export function shownLevels([luma = 0, cb = 0, cr = 0]: readonly number[]): Triple {
  const { kr, kb } = BT709;
  const y = (luma - 16) / 219;
  const r = y + (2 * (1 - kr) * (cr - 128)) / 224;
  const b = y + (2 * (1 - kb) * (cb - 128)) / 224;
  const g = (y - kr * r - kb * b) / (1 - kr - kb);
  return [255 * clip(r), 255 * clip(g), 255 * clip(b)];
}

/** R'G'B' that the same film shows in BT.709, out of gamut clipped: linear light by the camera's curve of BT.709. */
export function sdrTo709(rgb: Triple, system: ColourSystem): Triple {
  const linear = rgb.map(fromCamera) as unknown as Triple;
  const turned = multiply(multiplyMatrices(fromXyz(P709), toXyz(system.primaries)), linear);
  return turned.map((value) => toCamera(clip(value))) as unknown as Triple;
}

/** R'G'B' of the documented tone map: display light over 203 cd/m², BT.709, mobius of knee 0.5, gamma 2.4. */
export function hdrTo709(rgb: Triple, curve: 'pq' | 'hlg'): Triple {
  const nits = curve === 'pq' ? (rgb.map(pqNits) as unknown as Triple) : hlgNits(rgb);
  const light = nits.map((value) => value / 203) as unknown as Triple;
  const turned = multiply(multiplyMatrices(fromXyz(P709), toXyz(P2020)), light);
  const most = Math.max(...turned, 1e-6);
  const factor = mobius(most, 0.5, 1000 / 203) / most;
  return turned.map((value) => clip(value * factor) ** (1 / 2.4)) as unknown as Triple;
}

const clip = (value: number): number => Math.min(1, Math.max(0, value));
const fromCamera = (value: number): number =>
  value < 0.081 ? value / 4.5 : ((value + 0.099) / 1.099) ** (1 / 0.45);
const toCamera = (value: number): number => (value < 0.018 ? 4.5 * value : 1.099 * value ** 0.45 - 0.099);

function pqNits(value: number): number {
  const power = value ** (32 / 2523);
  return 10_000 * (Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power)) ** (16_384 / 2610);
}

/** Scene light by the inverse of the camera's curve, then the system gamma 1.2 of a 1,000 cd/m² display. */
function hlgNits(rgb: Triple): Triple {
  const scene = rgb.map((value) =>
    value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12,
  );
  const luma = 0.2627 * scene[0]! + 0.678 * scene[1]! + 0.0593 * scene[2]!;
  return scene.map((value) => 1_000 * luma ** 0.2 * value) as unknown as Triple;
}

/** A line up to the knee that bends, with the same slope and value there, so that the peak becomes 1. */
function mobius(value: number, knee: number, peak: number): number {
  if (value <= knee) return value;
  const a = (-knee * knee * (peak - 1)) / (knee * knee - 2 * knee + peak);
  const b = (knee * knee - 2 * knee * peak + peak) / (peak - 1);
  return (((b * b + 2 * b * knee + knee * knee) / (b - a)) * (value + a)) / (value + b);
}

function toXyz(primaries: ColourSystem['primaries']): Matrix {
  const columns = primaries.map(([x, y]) => [x / y, 1, (1 - x - y) / y]) as unknown as Matrix;
  const white: Triple = [D65[0] / D65[1], 1, (1 - D65[0] - D65[1]) / D65[1]];
  const unscaled = transpose(columns);
  const scale = multiply(invert(unscaled), white);
  return unscaled.map((row) => row.map((value, index) => value * scale[index]!)) as unknown as Matrix;
}

function fromXyz(primaries: ColourSystem['primaries']): Matrix {
  return invert(toXyz(primaries));
}

function transpose(m: Matrix): Matrix {
  return [0, 1, 2].map((row) => [0, 1, 2].map((column) => m[column]![row]!)) as unknown as Matrix;
}

function multiply(m: Matrix, v: Triple): Triple {
  return m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple;
}

function multiplyMatrices(a: Matrix, b: Matrix): Matrix {
  return transpose(transpose(b).map((column) => multiply(a, column)) as unknown as Matrix);
}

function invert(m: Matrix): Matrix {
  const minor = (row: number, column: number): number => {
    const [a, b] = [0, 1, 2].filter((index) => index !== row) as [number, number];
    const [c, d] = [0, 1, 2].filter((index) => index !== column) as [number, number];
    return (m[a]![c]! * m[b]![d]! - m[a]![d]! * m[b]![c]!) * ((row + column) % 2 === 0 ? 1 : -1);
  };
  const determinant = [0, 1, 2].reduce((sum, column) => sum + m[0]![column]! * minor(0, column), 0);
  return [0, 1, 2].map((row) =>
    [0, 1, 2].map((column) => minor(column, row) / determinant),
  ) as unknown as Matrix;
}
