import type { practise as english } from '../en/practise.ts';
import type { SameKeys } from '../same-keys.ts';

export const practise: SameKeys<typeof english> = {
  title: 'Baile {taskId}',
};
