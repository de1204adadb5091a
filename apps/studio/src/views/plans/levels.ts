import { useTranslations } from 'use-intl';

export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;
export type Level = (typeof LEVELS)[number];

function isLevel(text: string): text is Level {
  return LEVELS.some((level) => level === text);
}

/** The level, or beginner where the API knows another word. */
export function levelOf(text: string | undefined): Level {
  return text !== undefined && isLevel(text) ? text : 'beginner';
}

/** A level in the user's language; another word of the API as it is. */
export function useLevelName(): (text: string) => string {
  const t = useTranslations('plans.levels');
  return (text) => (isLevel(text) ? t(text) : text);
}
