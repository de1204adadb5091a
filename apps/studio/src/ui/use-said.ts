import { useTranslations } from 'use-intl';
import { useLanguage } from '../words/words-provider.tsx';

/** What the API says, which is in English: elsewhere it is a quotation. */
export function useSaid(): (message: string) => string {
  const t = useTranslations('problems');
  const { language } = useLanguage();
  return (message) => (language === 'en' ? message : t('said', { message }));
}
