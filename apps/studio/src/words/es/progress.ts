import type { progress as english } from '../en/progress.ts';
import type { SameKeys } from '../same-keys.ts';

export const progress: SameKeys<typeof english> = {
  title: 'Progreso',
};
