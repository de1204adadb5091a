/** The closed sets that requests, moves, tasks and blueprints share (the API document's values), least first. */
export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;
export const ENERGY_LEVELS = ['low', 'medium', 'high'] as const;
export const STYLES = ['romantic', 'energetic', 'sensual', 'playful', 'modern'] as const;
export const TEMPI = ['slow', 'medium', 'fast'] as const;

/** Ways a move may be wished to go: a right turn, an inside turn. */
export const DIRECTIONS = ['left', 'right', 'inside', 'outside'] as const;

export type Difficulty = (typeof DIFFICULTIES)[number];
export type EnergyLevel = (typeof ENERGY_LEVELS)[number];
export type Style = (typeof STYLES)[number];
export type Tempo = (typeof TEMPI)[number];
export type Direction = (typeof DIRECTIONS)[number];

/** More than anybody asks for at once; each costs the search. */
export const MAX_WISHED_MOVES = 12;
/** Of one move nobody means more by a number: more is "again and again". */
export const MAX_WISHED_TIMES = 50;
/** More than anybody refuses by name. */
export const MAX_REFUSED_MOVES = 50;
/** Characters of a move's name in a wish. */
export const MAX_MOVE_NAME_LENGTH = 100;

/** Numbers in the parts of a move's embedding: of its dancers' poses, of its sound, of what is said of it. */
export const POSE_DIMENSIONS = 512;
export const AUDIO_DIMENSIONS = 128;
export const TEXT_DIMENSIONS = 384;
