import { useTranslations } from 'use-intl';

/** Chooses a song, or writes a sentence, and asks for a dance. */
export function Make() {
  const t = useTranslations('make');
  return <h1>{t('title')}</h1>;
}
