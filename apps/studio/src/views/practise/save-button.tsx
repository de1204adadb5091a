import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bookmark, BookmarkCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { COLLECTION_KEY, saveTask } from '../../api/collections.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useToast } from '../../ui/toasts.tsx';

const CONFLICT = 409;

/** Keeps the dance in the collection; once is enough. */
export function SaveButton({ taskId }: { readonly taskId: string }) {
  const t = useTranslations('practise');
  const toast = useToast();
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: async () => {
      try {
        await saveTask(taskId);
      } catch (thrown) {
        // It is there already, which is what was wanted.
        if (!(thrown instanceof ApiProblem && thrown.status === CONFLICT)) throw thrown;
      }
    },
    onSuccess: async () => {
      toast(t('saved'));
      await client.invalidateQueries({ queryKey: COLLECTION_KEY });
    },
  });
  return (
    <>
      <Button isBusy={saving.isPending} disabled={saving.isSuccess} onClick={() => saving.mutate()}>
        {saving.isSuccess ? <BookmarkCheck aria-hidden="true" /> : <Bookmark aria-hidden="true" />}
        {saving.isSuccess ? t('kept') : t('save')}
      </Button>
      {saving.isError && <ProblemNotice problem={saving.error} onRetry={() => saving.mutate()} />}
    </>
  );
}
