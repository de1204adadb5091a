import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { hasEnded } from '../../api/tasks.ts';
import { useFollowedTask } from '../../api/use-followed-task.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { FailedDance } from '../../ui/failed-dance.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { View } from '../../ui/view.tsx';
import { DanceRoom } from './dance-room.tsx';
import { blueprintQuery, type Task } from './data.ts';
import { KeepTools } from './keep-tools.tsx';
import { useVideo } from './player/use-video.ts';

/** One's own dance: watched, practised, changed. */
export function Practise() {
  const t = useTranslations('practise');
  const { taskId } = useParams({ from: '/member/dance/$taskId' });
  const task = useFollowedTask(taskId);
  if (task.isPending)
    return (
      <View title={t('title')}>
        <Loading label={t('loading')} />
      </View>
    );
  if (task.data === undefined)
    return (
      <View title={t('title')}>
        <ProblemNotice problem={task.error} onRetry={() => void task.refetch()} />
      </View>
    );
  // Another dance is another room: nothing of the one before is kept.
  return <Dance key={taskId} task={task.data} />;
}

function Dance({ task }: { readonly task: Task }) {
  const t = useTranslations('practise');
  const hasDocument = task.status !== 'pending' && (task.status !== 'failed' || task.had_video === true);
  const blueprint = useQuery({ ...blueprintQuery(task.task_id), enabled: hasDocument });
  const video = useVideo(task);
  return (
    <View
      title={task.song?.title ?? t('title')}
      lead={task.song?.artist}
      actions={task.result !== undefined && <KeepTools task={task} isVideoGone={video.isGone} />}
    >
      <Unfinished task={task} />
      {hasDocument && blueprint.isPending && <Loading label={t('loading')} />}
      {blueprint.isError && (
        <ProblemNotice problem={blueprint.error} onRetry={() => void blueprint.refetch()} />
      )}
      {blueprint.data !== undefined && <DanceRoom {...{ task, video }} blueprint={blueprint.data} />}
    </View>
  );
}

/** What keeps a dance from being watched as a video, and what to do about it. */
function Unfinished({ task }: { readonly task: Task }) {
  const t = useTranslations('practise');
  if (task.status === 'failed') return <FailedDance task={task} />;
  if (hasEnded(task)) return null;
  const progress = (
    <ButtonLink to="/progress/$taskId" params={{ taskId: task.task_id }}>
      {t('follow')}
    </ButtonLink>
  );
  return (
    <Notice kind="note" title={t('beingMade', { progress: task.progress })} action={progress}>
      <p>{t('meanwhile')}</p>
    </Notice>
  );
}
