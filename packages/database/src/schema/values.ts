/** The closed sets that the tables hold, as the API document names them. */
export const TASK_STATUSES = ['pending', 'started', 'running', 'completed', 'failed'] as const;
export const LAUNCH_STATES = ['queued', 'launched', 'finished'] as const;
export const IDEMPOTENCY_STATES = ['in_flight', 'done'] as const;
export const REQUEST_KINDS = ['song', 'ai'] as const;
export const DIFFICULTY_VALUES = ['beginner', 'intermediate', 'advanced'] as const;
export const ENERGY_LEVEL_VALUES = ['low', 'medium', 'high'] as const;
export const STYLE_VALUES = ['romantic', 'energetic', 'sensual', 'playful', 'modern'] as const;

export type TaskStatus = (typeof TASK_STATUSES)[number];
export type LaunchState = (typeof LAUNCH_STATES)[number];
export type IdempotencyState = (typeof IDEMPOTENCY_STATES)[number];
/** How a task was asked for: by choosing a song, or by a sentence. */
export type RequestKind = (typeof REQUEST_KINDS)[number];
export type DifficultyValue = (typeof DIFFICULTY_VALUES)[number];
export type EnergyLevelValue = (typeof ENERGY_LEVEL_VALUES)[number];
export type StyleValue = (typeof STYLE_VALUES)[number];

/** Statuses that no write may leave again. */
export const TERMINAL_STATUSES = ['completed', 'failed'] as const satisfies readonly TaskStatus[];
/** Statuses from which a task may still move. */
export const OPEN_STATUSES = ['pending', 'started', 'running'] as const satisfies readonly TaskStatus[];

/** Any JSON object. */
export type JsonObject = Record<string, unknown>;
