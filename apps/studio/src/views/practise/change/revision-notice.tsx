import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ButtonLink } from '../../../ui/button.tsx';
import { join } from '../../../ui/join.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import styles from './pending-bar.module.css';
import type { Revision } from './use-rendering.ts';

interface RevisionNoticeProps {
  readonly revision: Revision;
  /** Nobody is taken away from what is not rendered yet. */
  readonly hasLaterChanges: boolean;
}

/** The revision on its way; when it is there it is opened, or offered. */
export function RevisionNotice({ revision: { taskId, task }, hasLaterChanges }: RevisionNoticeProps) {
  const t = useTranslations('practise.change');
  const failureText = useFailureText();
  const toast = useToast();
  const navigate = useNavigate();
  const isDone = task?.status === 'completed';
  // What was offered once is not forced on anybody who takes later changes back.
  const [isOffered, setIsOffered] = useState(false);
  if (isDone && hasLaterChanges && !isOffered) setIsOffered(true);
  const opens = isDone && !hasLaterChanges && !isOffered;
  useEffect(() => {
    if (!opens) return;
    toast(t('rendered'));
    void navigate({ to: '/dance/$taskId', params: { taskId } });
  }, [opens, navigate, taskId, toast, t]);
  const params = { taskId };
  if (task?.status === 'failed')
    return (
      <Notice kind="bad" title={t('failed')}>
        <p>{failureText(task.error ?? task.message)}</p>
      </Notice>
    );
  if (isDone)
    return (
      <Notice
        kind="good"
        title={t('rendered')}
        action={
          <ButtonLink size="small" to="/dance/$taskId" params={params}>
            {t('open')}
          </ButtonLink>
        }
      >
        <p>{t('laterChanges')}</p>
      </Notice>
    );
  return (
    <section
      className={join(styles.bar, hasLaterChanges && styles.above)}
      aria-label={t('renderingLabel')}
      data-testid="rendering"
    >
      <p className={styles.text} role="status">
        {t('rendering')}
      </p>
      <progress
        className={styles.progress}
        value={task?.progress ?? 0}
        max={100}
        aria-label={t('rendering')}
      />
      <Link to="/dance/$taskId" params={params}>
        {t('open')}
      </Link>
    </section>
  );
}
