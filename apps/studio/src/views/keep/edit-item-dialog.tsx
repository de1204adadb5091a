import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { type CollectionItem, changeItem, refreshCollection } from '../../api/collections.ts';
import { LEVELS, levelOf } from '../../api/levels.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { textOf } from '../../ui/form-text.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import styles from './keep.module.css';

interface EditItemDialogProps {
  readonly item: CollectionItem;
  onClose(): void;
}

/** Title, level and notes of what is kept. */
export function EditItemDialog({ item, onClose }: EditItemDialogProps) {
  const t = useTranslations('keep');
  const words = useTranslations('choices');
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (form: FormData) =>
      changeItem(item.id, {
        title: textOf(form, 'title'),
        notes: textOf(form, 'notes'),
        difficulty: levelOf(form.get('difficulty')),
      }),
    onSuccess: async () => {
      onClose();
      await refreshCollection(queryClient);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate(new FormData(event.currentTarget));
  };
  const wrong = change.error instanceof ApiProblem ? change.error.fields : {};
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={t('edit')}>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={t('itemTitle')}
          name="title"
          defaultValue={item.title}
          error={wrong.title}
          maxLength={200}
          required
        />
        <SelectField label={t('level')} name="difficulty" defaultValue={item.difficulty}>
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {words(`level.${level}`)}
            </option>
          ))}
        </SelectField>
        <TextArea
          label={t('notes')}
          hint={t('notesHint')}
          name="notes"
          defaultValue={item.notes}
          error={wrong.notes}
          maxLength={500}
        />
        {change.isError && <ProblemNotice problem={change.error} />}
        <DialogActions>
          <Button type="submit" look="primary" isBusy={change.isPending}>
            {t('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
