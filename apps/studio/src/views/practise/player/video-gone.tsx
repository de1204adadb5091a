import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiProblem } from '../../../api/problem.ts';
import { requestKey } from '../../../api/request-key.ts';
import { taskQuery } from '../../../api/tasks.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { renderAgain } from '../data.ts';

interface VideoGoneProps {
  readonly taskId: string;
  /** Plays it again, where it was only out of reach. */
  onThere(): void;
}

/** Says that the video cannot be played, and brings it back: it is rendered again where it has expired. */
export function VideoGone({ taskId, onThere }: VideoGoneProps) {
  const t = useTranslations('practise.player');
  const client = useQueryClient();
  const [key] = useState(() => requestKey());
  const { queryKey } = taskQuery(taskId);
  const rendering = useMutation({
    mutationFn: async () => {
      try {
        client.setQueryData(queryKey, await renderAgain(taskId, key));
      } catch (thrown) {
        if (!(thrown instanceof ApiProblem && thrown.code === 'VIDEO_STILL_THERE')) throw thrown;
        await client.invalidateQueries({ queryKey });
        onThere();
      }
    },
  });
  if (rendering.isError)
    return <ProblemNotice problem={rendering.error} onRetry={() => rendering.mutate()} />;
  const again = (
    <Button isBusy={rendering.isPending} onClick={() => rendering.mutate()}>
      {t('bringBack')}
    </Button>
  );
  return (
    <Notice kind="bad" title={t('gone')} action={again}>
      <p>{t('goneHint')}</p>
    </Notice>
  );
}
