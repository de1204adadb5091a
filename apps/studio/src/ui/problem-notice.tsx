import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { useProblemText } from './use-problem-text.ts';

interface ProblemNoticeProps {
  readonly problem: unknown;
  /** Tries the same again. */
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, and what to do about it. */
export function ProblemNotice({ problem, onRetry }: ProblemNoticeProps) {
  const t = useTranslations('problems');
  const text = useProblemText();
  const retry = onRetry === undefined ? undefined : <Button onClick={onRetry}>{t('again')}</Button>;
  return (
    <Notice kind="bad" action={retry}>
      <p>{text(problem)}</p>
    </Notice>
  );
}
