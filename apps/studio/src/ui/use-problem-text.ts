import { useTranslations } from 'use-intl';
import { type ApiCode, ApiProblem } from '../api/problem.ts';
import { useSaid } from './use-said.ts';

/** Words for whatever was thrown: what was wrong, and what to do. */
export function useProblemText(): (thrown: unknown) => string {
  const t = useTranslations('problems');
  const said = useSaid();
  return (thrown) => {
    if (!(thrown instanceof ApiProblem)) return t('broken');
    const { code, status, message, retryAfterSec } = thrown;
    if (code === 'OFFLINE') return t('offline');
    if (code === 'THROTTLED' && retryAfterSec !== null)
      return t('wait', { minutes: Math.ceil(retryAfterSec / 60) });
    // An API that is newer than the page may have others.
    if (t.has(`codes.${code}` as `codes.${ApiCode}`))
      return t(`codes.${code}` as `codes.${ApiCode}`, { message });
    if (status >= 500) return t('trouble');
    return message === '' ? t('refused') : said(message);
  };
}
