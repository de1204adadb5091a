import { useTranslations } from 'use-intl';
import type { Task } from '../api/tasks.ts';
import { ButtonLink } from './button.tsx';
import { Notice } from './notice.tsx';
import { useFailureText } from './use-failure-text.ts';

interface FailedDanceProps {
  readonly task: Pick<Task, 'error' | 'had_video' | 'message' | 'revision_of' | 'version_of'>;
}

/** Says that a dance could not be made, why, and what can be danced instead. */
export function FailedDance({ task }: FailedDanceProps) {
  const t = useTranslations('progress');
  const failureText = useFailureText();
  const message = task.error ?? task.message;
  const reason = message !== '' && <p>{failureText(message)}</p>;
  if (task.had_video === true)
    return (
      <Notice kind="bad" title={t('videoFailed')}>
        <p>{t('videoFailedHint')}</p>
        {reason}
      </Notice>
    );
  const sourceId = task.revision_of ?? task.version_of;
  const action =
    sourceId === undefined ? (
      <ButtonLink to="/" look="primary">
        {t('another')}
      </ButtonLink>
    ) : (
      <ButtonLink to="/dance/$taskId" params={{ taskId: sourceId }} look="primary">
        {t('source')}
      </ButtonLink>
    );
  return (
    <Notice kind="bad" title={t('failed')} action={action}>
      <p>{sourceId === undefined ? t('failedHint') : t('changeFailedHint')}</p>
      {reason}
    </Notice>
  );
}
