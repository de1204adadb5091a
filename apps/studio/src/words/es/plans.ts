import type { plans as english } from '../en/plans.ts';
import type { SameKeys } from '../same-keys.ts';

export const plans: SameKeys<typeof english> = {
  title: 'Clases',
};
