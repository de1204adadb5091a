import type { SKRSContext2D } from '@napi-rs/canvas';
import { clamp, lerp } from '../maths/curve.ts';
import { normalise, type Vector, vector } from '../maths/vector.ts';

export type Context = SKRSContext2D;

type Rgb = readonly [number, number, number];

function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function mixRgb(a: Rgb, b: Rgb, share: number): Rgb {
  return [lerp(a[0], b[0], share), lerp(a[1], b[1], share), lerp(a[2], b[2], share)];
}

function toCss(colour: Rgb, alpha = 1): string {
  const [r, g, b] = colour.map(Math.round);
  return alpha === 1 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${alpha})`;
}

const SHADES = 48;

/** A surface's colours from shadow to light, ready to use. */
export interface Material {
  readonly shades: readonly string[];
  /** The edge that the lamps behind the stage catch. */
  readonly rim: string;
  readonly outline: string;
}

export interface MaterialColours {
  readonly shadow: string;
  readonly base: string;
  readonly light: string;
  readonly rim?: string;
}

export function makeMaterial(colours: MaterialColours): Material {
  const shadow = parseHex(colours.shadow);
  const base = parseHex(colours.base);
  const light = parseHex(colours.light);
  const shades = Array.from({ length: SHADES }, (_, index) => {
    const level = index / (SHADES - 1);
    return toCss(
      level < 0.55 ? mixRgb(shadow, base, level / 0.55) : mixRgb(base, light, (level - 0.55) / 0.45),
    );
  });
  return {
    shades,
    rim: toCss(mixRgb(light, parseHex(colours.rim ?? '#ffb066'), 0.6)),
    outline: toCss(mixRgb(shadow, [20, 6, 14], 0.45), 0.7),
  };
}

/** The material's colour at a light level of 0..1. */
export function shade(material: Material, level: number): string {
  return material.shades[Math.round(clamp(level, 0, 1) * (SHADES - 1))] as string;
}

/** The key light: above, to the left and in front (picture axes: right, up, towards the viewer). */
const KEY_LIGHT = normalise(vector(-0.5, 0.62, 0.62));
/** A warm lamp behind, to the right. */
const RIM_LIGHT = normalise(vector(0.9, 0.35, -0.2));

/** Light level of a surface with that normal in picture axes. */
export function lightOn(normal: Vector): number {
  const key = normal.x * KEY_LIGHT.x + normal.y * KEY_LIGHT.y + normal.z * KEY_LIGHT.z;
  return 0.2 + 0.78 * Math.max(0, key * 0.75 + 0.25);
}

const STOPS = [-1, -0.75, -0.35, 0.1, 0.5, 0.82, 1] as const;

/**
 * A gradient across a round limb: from (x, y) - reach to (x, y) + reach along the unit direction (across),
 * shaded as a cylinder.
 */
export function roundGradient(
  context: Context,
  material: Material,
  at: { x: number; y: number; reach: number },
  across: { x: number; y: number },
): CanvasGradient {
  const gradient = context.createLinearGradient(
    at.x - across.x * at.reach,
    at.y - across.y * at.reach,
    at.x + across.x * at.reach,
    at.y + across.y * at.reach,
  );
  for (const stop of STOPS) {
    const normal = vector(across.x * stop, -across.y * stop, Math.sqrt(Math.max(0, 1 - stop * stop)));
    const isRim = Math.abs(stop) === 1 && normal.x * RIM_LIGHT.x + normal.y * RIM_LIGHT.y > 0.55;
    gradient.addColorStop((stop + 1) / 2, isRim ? material.rim : shade(material, lightOn(normal)));
  }
  return gradient;
}

type CanvasGradient = ReturnType<Context['createLinearGradient']>;

/** Fills the current path and draws a thin dark edge, which keeps limbs of one colour apart. */
export function fillEdged(
  context: Context,
  fill: string | CanvasGradient,
  material: Material,
  width = 1.2,
): void {
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = material.outline;
  context.lineWidth = width;
  context.stroke();
}
