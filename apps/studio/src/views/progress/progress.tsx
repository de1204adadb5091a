import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenWishes } from '../../api/open-wishes.ts';
import { cancelTask, TASKS_KEY, type Task } from '../../api/tasks.ts';
import { useFollowedTask } from '../../api/use-followed-task.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EightCount } from '../../ui/eight-count.tsx';
import { FailedDance } from '../../ui/failed-dance.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { View } from '../../ui/view.tsx';
import styles from './progress.module.css';

/** A dance that is being made: how far it is; then it leads there, also where only its video could not be made again. */
export function Progress() {
  const t = useTranslations('progress');
  const { taskId } = useParams({ from: '/member/progress/$taskId' });
  const navigate = useNavigate();
  const task = useFollowedTask(taskId);
  const isDone = task.data?.status === 'completed' || task.data?.had_video === true;
  useEffect(() => {
    if (isDone) void navigate({ to: '/dance/$taskId', params: { taskId }, replace: true });
  }, [isDone, navigate, taskId]);
  return (
    <View
      title={task.data?.status === 'failed' ? t('failedTitle') : t('title')}
      lead={task.data?.song ? t('lead', { song: task.data.song.title }) : undefined}
      width="narrow"
    >
      {task.isPending && <Loading />}
      {task.isError && <ProblemNotice problem={task.error} onRetry={() => void task.refetch()} />}
      {task.data !== undefined && <State task={task.data} />}
      <Unmet taskId={taskId} />
    </View>
  );
}

function State({ task }: { readonly task: Task }) {
  return task.status === 'failed' ? <FailedDance task={task} /> : <UnderWay task={task} />;
}

const STAGES = [
  'generating_blueprint',
  'submitting_job',
  'video_assembly',
  'uploading_result',
  'completed',
] as const;

function UnderWay({ task }: { readonly task: Task }) {
  const t = useTranslations('progress');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => cancelTask(task.task_id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: TASKS_KEY });
      await navigate({ to: '/' });
    },
  });
  const stage = STAGES.find((each) => each === task.stage);
  const words = stage === undefined ? task.message : t(`stages.${stage}`);
  return (
    <div className={styles.stage}>
      <EightCount lit={Math.round((task.progress / 100) * 8)} className={styles.counts} />
      <progress className="visually-hidden" max={100} value={task.progress} aria-label={t('title')} />
      <p className={styles.percent} aria-hidden="true">
        {task.progress}
        <span>%</span>
      </p>
      <p role="status" className={styles.words}>
        {words}
      </p>
      <p className={styles.soft}>{t('leave')}</p>
      <Button onClick={() => setAsking(true)}>{t('cancel')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('cancelTitle')}
        description={t('cancelText')}
        action={t('cancelAction')}
        isBusy={cancel.isPending}
        problem={cancel.error}
        onConfirm={() => cancel.mutate()}
      />
    </div>
  );
}

/** What was wished for and does not come, said before it is missed. */
function Unmet({ taskId }: { readonly taskId: string }) {
  const t = useTranslations('progress');
  const wishes = useOpenWishes(taskId);
  if (wishes.length === 0) return null;
  return (
    <Notice kind="note" title={t('unmet')}>
      <ul>
        {wishes.map(({ wish, reason }) => (
          <li key={wish}>
            {wish}: {reason}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
