import type { choices as english } from '../en/choices.ts';
import type { SameKeys } from '../same-keys.ts';

export const choices: SameKeys<typeof english> = {
  level: { beginner: 'Principiante', intermediate: 'Intermedio', advanced: 'Avanzado' },
  energy: { any: 'Como la canción', low: 'Tranquila', medium: 'Media', high: 'Animada' },
  style: {
    any: 'Como encaje',
    romantic: 'Romántico',
    energetic: 'Enérgico',
    sensual: 'Sensual',
    playful: 'Juguetón',
    modern: 'Moderno',
  },
  part: {
    intro: 'introducción',
    verse: 'estrofa',
    chorus: 'estribillo',
    mambo: 'mambo',
    break: 'corte',
    outro: 'final',
  },
};
