import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { type TaskListItem, tasksQuery } from '../../api/tasks.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SaveDanceButton } from '../../ui/save-dance-button.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { useFirstPageAgain } from '../../ui/use-first-page-again.ts';
import styles from './keep.module.css';

/** All that one has had made, whatever became of it. */
export function MyDances() {
  const t = useTranslations('keep');
  const [page, setPage] = useState(1);
  const tasks = useQuery(tasksQuery(page));
  useFirstPageAgain(tasks.error, () => setPage(1));
  return (
    <div className={styles.list}>
      {tasks.isPending && <Loading />}
      {tasks.isError && <ProblemNotice problem={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.data?.count === 0 && <Empty title={t('noDances')}>{t('noneHint')}</Empty>}
      <ul className={styles.rows}>
        {tasks.data?.results.map((task) => (
          <DanceRow key={task.task_id} task={task} />
        ))}
      </ul>
      <Pager page={page} count={tasks.data?.count ?? 0} onPage={setPage} />
    </div>
  );
}

function DanceRow({ task }: { readonly task: TaskListItem }) {
  const t = useTranslations('keep');
  const format = useFormatter();
  const failureText = useFailureText();
  const poster = task.result?.poster_url;
  const isDone = task.status === 'completed';
  const params = { taskId: task.task_id };
  return (
    <li className={styles.row}>
      {poster === undefined ? (
        <div className={styles.thumb} />
      ) : (
        <img className={styles.thumb} src={poster} alt="" loading="lazy" />
      )}
      <div className={styles.rowText}>
        <h2>{task.song?.title ?? t('songGone')}</h2>
        <p className={styles.facts}>
          <span>
            {format.dateTime(new Date(task.created_at), { dateStyle: 'medium', timeStyle: 'short' })}
          </span>
          <span>{t(`statuses.${task.status}`)}</span>
        </p>
        {task.error !== undefined && <p className={styles.facts}>{failureText(task.error)}</p>}
      </div>
      {isDone && <SaveDanceButton taskId={task.task_id} />}
      {(isDone || task.had_video === true) && (
        <ButtonLink to="/dance/$taskId" params={params} look="primary">
          {t('open')}
        </ButtonLink>
      )}
      {!isDone && task.status !== 'failed' && (
        <ButtonLink to="/progress/$taskId" params={params}>
          {t('follow')}
        </ButtonLink>
      )}
    </li>
  );
}
