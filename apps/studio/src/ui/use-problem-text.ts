import { useTranslations } from 'use-intl';
import { ApiProblem } from '../api/problem.ts';
import type { problems } from '../words/en/problems.ts';
import { useLanguage } from '../words/words-provider.tsx';

/** Codes of the API that the page has better words for, or words in the user's language. */
const WORDS_OF_CODE: Readonly<Record<string, Exclude<keyof typeof problems, 'again'>>> = {
  OFFLINE: 'offline',
  TOKEN_NOT_VALID: 'signedOut',
  NOT_AUTHENTICATED: 'signedOut',
};

/** Words for whatever was thrown: what was wrong, and what to do. */
export function useProblemText(): (thrown: unknown) => string {
  const t = useTranslations('problems');
  const { language } = useLanguage();
  return (thrown) => {
    if (!(thrown instanceof ApiProblem)) return t('broken');
    const known = WORDS_OF_CODE[thrown.code];
    if (known !== undefined) return t(known);
    if (thrown.status === 429) {
      return thrown.retryAfterSec === null
        ? t('tooOften')
        : t('wait', { minutes: Math.ceil(thrown.retryAfterSec / 60) });
    }
    if (thrown.status >= 500) return t('trouble');
    if (thrown.message === '') return t('refused');
    // The API speaks English alone; elsewhere what it says is a quotation.
    return language === 'en' ? thrown.message : t('said', { message: thrown.message });
  };
}
