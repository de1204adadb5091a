export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;

export type Level = (typeof LEVELS)[number];

/** A level by its name; intermediate where there is none of that name. */
export function levelOf(name: unknown): Level {
  return LEVELS.find((level) => level === name) ?? 'intermediate';
}
