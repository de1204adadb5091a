import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type CollectionItem, changeItem, refreshCollection } from '../../api/collections.ts';
import { LEVELS, levelOf } from '../../api/levels.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';

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
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={t('edit')}>
      <Form
        problem={change.error}
        onSubmit={(form) => change.mutate(form)}
        actions={
          <DialogActions>
            <Button type="submit" look="primary" isBusy={change.isPending}>
              {t('save')}
            </Button>
          </DialogActions>
        }
      >
        <TextField label={t('itemTitle')} name="title" defaultValue={item.title} maxLength={200} required />
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
          maxLength={500}
        />
      </Form>
    </Dialog>
  );
}
