import { useParams } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';

/** One's own dance: watched, practised, changed. */
export function Practise() {
  const t = useTranslations('practise');
  const { taskId } = useParams({ from: '/member/dance/$taskId' });
  return <h1>{t('title', { taskId })}</h1>;
}
