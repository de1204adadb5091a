import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bookmark, BookmarkCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { refreshCollection, saveTask } from '../api/collections.ts';
import { ApiProblem } from '../api/problem.ts';
import { Button } from './button.tsx';
import { useToast } from './toasts.tsx';
import { useProblemText } from './use-problem-text.ts';

/** Keeps a dance in the collection; once is enough. */
export function SaveDanceButton({ taskId }: { readonly taskId: string }) {
  const t = useTranslations('keep');
  const toast = useToast();
  const problemText = useProblemText();
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: async () => {
      try {
        const { title } = await saveTask(taskId);
        return t('savedNow', { title });
      } catch (thrown) {
        // It is there, which is what was wanted.
        if (thrown instanceof ApiProblem && thrown.code === 'ALREADY_SAVED') return t('savedBefore');
        throw thrown;
      }
    },
    onSuccess: async (text) => {
      toast(text);
      await refreshCollection(client);
    },
    onError: (problem) => toast(problemText(problem)),
  });
  const Icon = saving.isSuccess ? BookmarkCheck : Bookmark;
  return (
    <Button isBusy={saving.isPending} disabled={saving.isSuccess} onClick={() => saving.mutate()}>
      <Icon aria-hidden="true" />
      {saving.isSuccess ? t('savedAction') : t('saveAction')}
    </Button>
  );
}
