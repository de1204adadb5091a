import type { Difficulty, EnergyLevel, Style } from '@bachata-buddy/vocabulary';

/** What the demo asks the API for. */
export type DemoWish =
  | {
      readonly kind: 'song';
      readonly songId: string;
      readonly difficulty: Difficulty;
      readonly energyLevel: EnergyLevel;
      readonly style: Style;
    }
  | { readonly kind: 'ai'; readonly query: string };

/**
 * The choreographies that a first run shows, in their order. They stand here because the library is drawn for them:
 * what the first one shows is drawn first.
 */
export const DEMO_WISHES: readonly [DemoWish & { kind: 'song' }, DemoWish & { kind: 'ai' }] = [
  {
    kind: 'song',
    songId: 'fuego-en-la-pista',
    difficulty: 'intermediate',
    energyLevel: 'high',
    style: 'modern',
  },
  { kind: 'ai', query: 'Create a romantic bachata for beginners with smooth transitions' },
];
