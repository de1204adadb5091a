import { useTranslations } from 'use-intl';
import { LEVELS } from '../api/levels.ts';

/** The words for a level; what is none stays as it is. */
export function useLevelWords(): (level: string) => string {
  const words = useTranslations('choices');
  return (level) => {
    const known = LEVELS.find((each) => each === level);
    return known === undefined ? level : words(`level.${known}`);
  };
}
