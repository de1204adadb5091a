import { useMutation } from '@tanstack/react-query';
import { Download, Printer } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SaveDanceButton } from '../../ui/save-dance-button.tsx';
import { fetchSheet, type Task } from './data.ts';

interface KeepToolsProps {
  readonly task: Task;
  readonly result: NonNullable<Task['result']>;
}

/** So long a page that was opened may take to read what it shows. */
const KEPT_MS = 60_000;

/** What is taken along: into the collection, the video as a file, the practice sheet on paper. */
export function KeepTools({ task, result }: KeepToolsProps) {
  const t = useTranslations('practise');
  const sheet = useMutation({
    // Opened with the press, or browsers take it for an advertisement; filled when it is there.
    mutationFn: async (page: Window | null) => {
      try {
        const url = URL.createObjectURL(new Blob([await fetchSheet(task.task_id)], { type: 'text/html' }));
        if (page === null) window.location.assign(url);
        else page.location.replace(url);
        setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
      } catch (thrown) {
        page?.close();
        throw thrown;
      }
    },
  });
  return (
    <>
      <SaveDanceButton taskId={task.task_id} />
      <ButtonAnchor href={downloadUrlOf(result.video_url)} download>
        <Download aria-hidden="true" />
        {t('download')}
      </ButtonAnchor>
      <Button isBusy={sheet.isPending} onClick={() => sheet.mutate(window.open('', '_blank'))}>
        <Printer aria-hidden="true" />
        {t('sheet')}
      </Button>
      {sheet.isError && <ProblemNotice problem={sheet.error} />}
    </>
  );
}

/** Where the service itself sends the video, it names the file by the song. */
function downloadUrlOf(videoUrl: string): string {
  const url = new URL(videoUrl, document.baseURI);
  if (url.origin === window.location.origin) url.searchParams.set('download', '1');
  return url.href;
}
