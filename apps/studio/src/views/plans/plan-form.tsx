import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClassPlan, PlanFields } from '../../api/class-plans.ts';
import { LEVELS } from '../../api/levels.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';
import { useLevelWords } from '../../ui/use-level-words.ts';
import { minutesOf } from './minutes.ts';

interface PlanFormProps {
  /** What it says now; a new class where absent. */
  readonly plan?: ClassPlan;
  readonly action: string;
  readonly isBusy: boolean;
  readonly problem: unknown;
  onSubmit(fields: PlanFields): void;
}

/** What a class is called and about. */
export function PlanForm({ plan, action, isBusy, problem, onSubmit }: PlanFormProps) {
  const t = useTranslations('plans');
  const levelWords = useLevelWords();
  const [level, setLevel] = useState(
    () => LEVELS.find((each) => each === plan?.difficulty_level) ?? 'beginner',
  );
  const submit = (form: FormData): void =>
    onSubmit({
      title: textOf(form, 'title'),
      difficulty_level: level,
      estimated_duration: minutesOf(textOf(form, 'estimated_duration')),
      description: textOf(form, 'description'),
      instructor_notes: textOf(form, 'instructor_notes'),
    });
  return (
    <Form
      problem={problem}
      onSubmit={submit}
      actions={
        <DialogActions>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {action}
          </Button>
        </DialogActions>
      }
    >
      <TextField label={t('form.title')} name="title" maxLength={200} defaultValue={plan?.title} required />
      <Choice
        label={t('form.level')}
        value={level}
        options={LEVELS.map((value) => ({ value, label: levelWords(value) }))}
        onChange={setLevel}
      />
      <TextField
        label={t('form.duration')}
        name="estimated_duration"
        type="number"
        min={1}
        inputMode="numeric"
        defaultValue={plan?.estimated_duration ?? undefined}
      />
      <TextArea label={t('form.description')} name="description" defaultValue={plan?.description} />
      <TextArea label={t('form.notes')} name="instructor_notes" defaultValue={plan?.instructor_notes} />
    </Form>
  );
}
