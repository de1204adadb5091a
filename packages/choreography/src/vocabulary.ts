/** The closed sets that requests, moves and blueprints share (the API document's values). */
export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;
export const ENERGY_LEVELS = ['low', 'medium', 'high'] as const;
export const STYLES = ['romantic', 'energetic', 'sensual', 'playful', 'modern'] as const;
export const TEMPI = ['slow', 'medium', 'fast'] as const;

export type Difficulty = (typeof DIFFICULTIES)[number];
export type EnergyLevel = (typeof ENERGY_LEVELS)[number];
export type Style = (typeof STYLES)[number];
export type Tempo = (typeof TEMPI)[number];
