import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { changeSequence, planQuery, type Sequence, type SequenceFields } from '../../api/class-plans.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { textOf } from '../../ui/form-text.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { minutesOf } from './minutes.ts';
import styles from './plans.module.css';

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
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    changing.mutate({
      notes: textOf(form, 'notes'),
      estimated_time: minutesOf(textOf(form, 'estimated_time')),
    });
  };
  const wrong = changing.error instanceof ApiProblem ? changing.error.fields : {};
  const isAboutFields = wrong.notes !== undefined || wrong.estimated_time !== undefined;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('sequence.editTitle', { title: sequence.choreography.title })}
    >
      <form className={styles.form} onSubmit={submit}>
        <TextArea
          label={t('sequence.notes')}
          error={wrong.notes}
          name="notes"
          defaultValue={sequence.notes}
        />
        <TextField
          label={t('sequence.minutes')}
          error={wrong.estimated_time}
          name="estimated_time"
          type="number"
          min={1}
          inputMode="numeric"
          defaultValue={sequence.estimated_time ?? undefined}
        />
        {changing.isError && !isAboutFields && <ProblemNotice problem={changing.error} />}
        <DialogActions>
          <Button type="submit" look="primary" isBusy={changing.isPending}>
            {t('form.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
