import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { taskQuery } from '../../../api/tasks.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Loading } from '../../../ui/states.tsx';
import type { Task } from '../data.ts';
import { FollowerPicture } from '../player/follower-picture.tsx';
import type { Transport } from '../player/transport.ts';
import { useVideo } from '../player/use-video.ts';
import type { Compared } from './versions.tsx';

interface ComparedPictureProps extends Compared {
  /** Of the dance that it is compared with. */
  readonly transport: Transport;
  /** Its seconds to a second of that. */
  readonly speed: number;
  readonly className: string | undefined;
}

/** Another version of a dance beside the one that plays; or why it cannot be seen. */
export function ComparedPicture({ taskId, className, ...picture }: ComparedPictureProps) {
  const task = useQuery(taskQuery(taskId));
  return (
    <figure className={className}>
      {task.isPending && <Loading />}
      {task.isError && <ProblemNotice problem={task.error} onRetry={() => void task.refetch()} />}
      {task.data !== undefined && <Picture {...picture} task={task.data} />}
      <figcaption>{picture.title}</figcaption>
    </figure>
  );
}

interface PictureProps extends Pick<ComparedPictureProps, 'title' | 'transport' | 'speed'> {
  readonly task: Task;
}

function Picture({ task, title, transport, speed }: PictureProps) {
  const t = useTranslations('practise');
  const { result, onShown, onBroken } = useVideo(task);
  if (result === undefined) return <p role="status">{t('versions.gone')}</p>;
  return (
    <FollowerPicture
      {...{ transport, speed, onShown, onBroken }}
      videoUrl={result.video_url}
      durationSec={result.duration}
      label={title}
    />
  );
}
