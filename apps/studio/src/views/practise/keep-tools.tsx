import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, Printer } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { taskQuery } from '../../api/tasks.ts';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SaveDanceButton } from '../../ui/save-dance-button.tsx';
import { followLink } from '../../ui/save-file.ts';
import { usePrintedPage } from '../../ui/use-printed-page.ts';
import { fetchSheet, type Task } from './data.ts';

interface KeepToolsProps {
  readonly task: Task;
  /** Then there is nothing to be downloaded. */
  readonly isVideoGone: boolean;
}

/** What is taken along: into the collection, the video as a file, the practice sheet on paper. */
export function KeepTools({ task, isVideoGone }: KeepToolsProps) {
  const t = useTranslations('practise');
  const sheet = usePrintedPage(() => fetchSheet(task.task_id));
  return (
    <>
      <SaveDanceButton taskId={task.task_id} />
      {task.result !== undefined && !isVideoGone && (
        <DownloadLink taskId={task.task_id} videoUrl={task.result.video_url} />
      )}
      <Button isBusy={sheet.isPending} onClick={sheet.open}>
        <Printer aria-hidden="true" />
        {t('sheet')}
      </Button>
      {sheet.problem !== null && <ProblemNotice problem={sheet.problem} />}
    </>
  );
}

/** Leads to the video as a file: at an address of now, for the one that was told may have ended. */
function DownloadLink({ taskId, videoUrl }: { readonly taskId: string; readonly videoUrl: string }) {
  const t = useTranslations('practise');
  const client = useQueryClient();
  const download = useMutation({
    mutationFn: async () => {
      const { result } = await client.fetchQuery({ ...taskQuery(taskId), staleTime: 0 });
      followLink(downloadUrlOf(result?.video_url ?? videoUrl));
    },
  });
  return (
    <>
      <ButtonAnchor
        href={downloadUrlOf(videoUrl)}
        download
        onClick={(event) => {
          event.preventDefault();
          if (!download.isPending) download.mutate();
        }}
      >
        <Download aria-hidden="true" />
        {t('download')}
      </ButtonAnchor>
      {download.isError && <ProblemNotice problem={download.error} onRetry={() => download.mutate()} />}
    </>
  );
}

/** Where the service itself sends the video, it names the file by the song. */
function downloadUrlOf(videoUrl: string): string {
  const url = new URL(videoUrl, document.baseURI);
  if (url.origin === window.location.origin) url.searchParams.set('download', '1');
  return url.href;
}
