import { useTranslations } from 'use-intl';
import { ApiProblem } from '../api/problem.ts';
import type { problems } from '../words/en/problems.ts';
import { useLanguage } from '../words/words-provider.tsx';

type KnownCode = keyof typeof problems.codes;

/** Codes that the page has words for; of the others it says what the API says. */
const KNOWN_CODES: readonly KnownCode[] = [
  'LOGIN_INVALID',
  'ACCOUNT_DISABLED',
  'REGISTRATION_CLOSED',
  'LOGIN_LINK_INVALID',
  'QUERY_NOT_UNDERSTOOD',
  'ALL_MOVES_REFUSED',
  'GENERATION_FAILED',
  'TOO_MANY_TASKS',
  'TASK_ENDED',
  'NOT_FOUND',
  'FORBIDDEN',
  'BODY_TOO_LARGE',
  'UPLOAD_QUOTA',
  'SERVICE_BUSY',
];

/** Words for whatever was thrown: what was wrong, and what to do. */
export function useProblemText(): (thrown: unknown) => string {
  const t = useTranslations('problems');
  const { language } = useLanguage();
  return (thrown) => {
    if (!(thrown instanceof ApiProblem)) return t('broken');
    if (thrown.code === 'OFFLINE') return t('offline');
    if (thrown.code === 'UNAUTHENTICATED' || thrown.code === 'TOKEN_INVALID') return t('signedOut');
    const known = KNOWN_CODES.find((code) => code === thrown.code);
    if (known !== undefined) return t(`codes.${known}`);
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
