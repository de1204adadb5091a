import { type Material, makeMaterial } from './paint.ts';

/** Everything that colours one dancer. */
export interface Wardrobe {
  readonly skin: Material;
  readonly hair: Material;
  readonly top: Material;
  readonly second: Material;
  readonly legs: Material;
  readonly shoes: Material;
  readonly lips: string;
}

/** White shirt with rolled sleeves, wine waistcoat, dark trousers. */
export const LEAD_WARDROBE: Wardrobe = {
  skin: makeMaterial({ shadow: '#5e3323', base: '#b87850', light: '#e9b184' }),
  hair: makeMaterial({ shadow: '#120b0e', base: '#2b1b1b', light: '#5a3d34', rim: '#5a3426' }),
  top: makeMaterial({ shadow: '#8a7c8c', base: '#e4d9d2', light: '#fffaf0' }),
  second: makeMaterial({ shadow: '#1d1430', base: '#3c2f5e', light: '#6d5a94' }),
  legs: makeMaterial({ shadow: '#110d1c', base: '#2a2439', light: '#544b6b' }),
  shoes: makeMaterial({ shadow: '#0d0808', base: '#2c1713', light: '#7a4a34' }),
  lips: '#8f4a3c',
};

/** Red dress, chestnut hair, gold shoes. */
export const FOLLOW_WARDROBE: Wardrobe = {
  skin: makeMaterial({ shadow: '#74402d', base: '#d0926a', light: '#fbcfa4' }),
  hair: makeMaterial({ shadow: '#1e0d0a', base: '#4a2418', light: '#8e4f2c', rim: '#94522c' }),
  top: makeMaterial({ shadow: '#57071d', base: '#c41a33', light: '#ff5a55' }),
  second: makeMaterial({ shadow: '#3d0414', base: '#8f1028', light: '#d83a45' }),
  legs: makeMaterial({ shadow: '#74402d', base: '#d0926a', light: '#fbcfa4' }),
  shoes: makeMaterial({ shadow: '#5a3a12', base: '#c9973e', light: '#ffe9a8' }),
  lips: '#b3202f',
};
