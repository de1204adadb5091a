import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useFollowedTask } from '../../../api/use-followed-task.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { makeVersion, type PracticeVersion, type Task } from '../data.ts';
import styles from './versions.module.css';

/** All that the API makes. */
const OFFERED: readonly PracticeVersion[] = [
  { kind: 'slow', speed: 0.85 },
  { kind: 'slow', speed: 0.75 },
  { kind: 'mirrored' },
];

/** Videos to keep and to practise by away from here. */
export function PracticeVersions({ task }: { readonly task: Task }) {
  const t = useTranslations('practise.versions');
  return (
    <section aria-labelledby="practice-versions">
      <h2 id="practice-versions">{t('practice')}</h2>
      <p className={styles.soft}>{t('practiceLead')}</p>
      <ul className={styles.list}>
        {OFFERED.map((version) => (
          <Version key={keyOf(version)} task={task} version={version} />
        ))}
      </ul>
    </section>
  );
}

function keyOf(version: { readonly kind: string; readonly speed?: number }): string {
  return `${version.kind} ${version.speed ?? ''}`;
}

function Version({ task, version }: { readonly task: Task; readonly version: PracticeVersion }) {
  const t = useTranslations('practise.versions');
  const format = useFormatter();
  const client = useQueryClient();
  const made = task.versions?.find((each) => keyOf(each) === keyOf(version) && each.status !== 'failed');
  const making = useMutation({
    mutationFn: () => makeVersion(task.task_id, version),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task', task.task_id] }),
  });
  // What was asked for here is younger than what is known of the dance.
  const madeId = making.data ?? made?.task_id;
  const title =
    version.kind === 'mirrored'
      ? t('mirrored')
      : t('slow', { speed: format.number(version.speed, { style: 'percent' }) });
  const makeIt = (
    <Button size="small" isBusy={making.isPending} onClick={() => making.mutate()}>
      {t('make')}
      <span className="visually-hidden"> {title}</span>
    </Button>
  );
  return (
    <li className={styles.item}>
      <div className={styles.text}>
        <strong>{title}</strong>
        {making.error !== null && <ProblemNotice problem={making.error} onRetry={() => making.mutate()} />}
        {madeId === undefined ? makeIt : <MadeVersion taskId={madeId} title={title} makeIt={makeIt} />}
      </div>
    </li>
  );
}

interface MadeVersionProps {
  readonly taskId: string;
  readonly title: string;
  /** The button that asks for it anew, where it has failed. */
  readonly makeIt: ReactNode;
}

function MadeVersion({ taskId, title, makeIt }: MadeVersionProps) {
  const t = useTranslations('practise.versions');
  const { data: task, error, refetch } = useFollowedTask(taskId);
  if (error !== null && task === undefined)
    return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (task?.status === 'failed')
    return (
      <>
        <p className={styles.failed}>{t('status.failed')}</p>
        {makeIt}
      </>
    );
  if (task?.status !== 'completed')
    return <progress className={styles.progress} value={task?.progress ?? 0} max={100} aria-label={title} />;
  return (
    <ButtonLink size="small" to="/dance/$taskId" params={{ taskId }}>
      {t('open')}
      <span className="visually-hidden"> {title}</span>
    </ButtonLink>
  );
}
