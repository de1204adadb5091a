import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { COLLECTION_KEY, saveTask } from '../../api/collections.ts';
import { ApiProblem } from '../../api/problem.ts';
import { type TaskListItem, tasksQuery } from '../../api/tasks.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { useProblemText } from '../../ui/use-problem-text.ts';
import styles from './keep.module.css';

/** All that one has had made, whatever became of it. */
export function MyDances() {
  const t = useTranslations('keep');
  const [page, setPage] = useState(1);
  const tasks = useQuery(tasksQuery(page));
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
        {task.error !== undefined && <p className={styles.facts}>{task.error}</p>}
      </div>
      {isDone && <SaveButton taskId={task.task_id} />}
      {isDone && (
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

function SaveButton({ taskId }: { readonly taskId: string }) {
  const t = useTranslations('keep');
  const toast = useToast();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const saving = useMutation({
    mutationFn: () => saveTask(taskId),
    onSuccess: async ({ title }) => {
      toast(t('savedNow', { title }));
      await queryClient.invalidateQueries({ queryKey: COLLECTION_KEY });
    },
    onError: (problem) => {
      const isThere = problem instanceof ApiProblem && problem.code === 'ALREADY_SAVED';
      toast(isThere ? t('savedBefore') : problemText(problem));
    },
  });
  return (
    <Button isBusy={saving.isPending} onClick={() => saving.mutate()}>
      <Bookmark aria-hidden="true" />
      {t('saveAction')}
    </Button>
  );
}
