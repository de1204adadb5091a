import type { EnergyLevel } from '@bachata-buddy/vocabulary';

/** Beats a minute, both ends included. */
export type TempoRange = readonly [lowBpm: number, highBpm: number];

export const BPM_OF_ENERGY: Readonly<Record<EnergyLevel, TempoRange>> = {
  low: [110, 120],
  medium: [120, 130],
  high: [130, 140],
};
export const BPM_OF_SLOW: TempoRange = [95, 118];
export const BPM_OF_FAST: TempoRange = [132, 165];
