import type { make as english } from '../en/make.ts';
import type { SameKeys } from '../same-keys.ts';

export const make: SameKeys<typeof english> = {
  title: 'Crear un baile',
};
