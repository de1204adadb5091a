import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { changeSequence, planQuery, type Sequence, type SequenceFields } from '../../api/class-plans.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';
import { minutesOf } from './minutes.ts';

interface SequenceDialogProps {
  readonly planId: string;
  readonly sequence: Sequence;
  onClose(): void;
}

/** What an instructor notes of a dance in a class, and how long it is to take. */
export function SequenceDialog({ planId, sequence, onClose }: SequenceDialogProps) {
  const t = useTranslations('plans');
  const queries = useQueryClient();
  const changing = useMutation({
    mutationFn: (fields: SequenceFields) => changeSequence(planId, sequence.id, fields),
    onSuccess: async () => {
      await queries.invalidateQueries(planQuery(planId));
      onClose();
    },
  });
  const submit = (form: FormData): void =>
    changing.mutate({
      notes: textOf(form, 'notes'),
      estimated_time: minutesOf(textOf(form, 'estimated_time')),
    });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('sequence.editTitle', { title: sequence.choreography.title })}
    >
      <Form
        problem={changing.error}
        onSubmit={submit}
        actions={
          <DialogActions>
            <Button type="submit" look="primary" isBusy={changing.isPending}>
              {t('form.save')}
            </Button>
          </DialogActions>
        }
      >
        <TextArea label={t('sequence.notes')} name="notes" defaultValue={sequence.notes} />
        <TextField
          label={t('sequence.minutes')}
          name="estimated_time"
          type="number"
          min={1}
          inputMode="numeric"
          defaultValue={sequence.estimated_time ?? undefined}
        />
      </Form>
    </Dialog>
  );
}
