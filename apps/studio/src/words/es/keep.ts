import type { keep as english } from '../en/keep.ts';
import type { SameKeys } from '../same-keys.ts';

export const keep: SameKeys<typeof english> = {
  title: 'Colección',
};
