import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Preferences, preferencesQuery, savePreferences } from '../../api/own-account.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { textOf } from '../../ui/form-text.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { useToast } from '../../ui/toasts.tsx';
import styles from './account.module.css';
import { readRefusedMoves, writeRefusedMoves } from './refused-moves.ts';

const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;

/** What holds for every dance that is made. */
export function DancingForm() {
  const t = useTranslations('account');
  const preferences = useQuery(preferencesQuery);
  const retry = (): void => void preferences.refetch();
  return (
    <Panel title={t('dancing.title')} lead={t('dancing.lead')}>
      {preferences.data !== undefined && <Fields preferences={preferences.data} />}
      {preferences.isPending && <Loading />}
      {preferences.isError && <ProblemNotice problem={preferences.error} onRetry={retry} />}
    </Panel>
  );
}

function Fields({ preferences }: { readonly preferences: Preferences }) {
  const t = useTranslations('account');
  const queries = useQueryClient();
  const toast = useToast();
  const [level, setLevel] = useState(preferences.default_difficulty);
  const saving = useMutation({
    mutationFn: savePreferences,
    onSuccess: (saved) => {
      queries.setQueryData(preferencesQuery.queryKey, saved);
      toast(t('saved'));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    saving.mutate({
      ...preferences,
      default_difficulty: level,
      auto_save_choreographies: form.has('auto_save'),
      refused_moves: readRefusedMoves(textOf(form, 'refused_moves')),
    });
  };
  const wrong = saving.error instanceof ApiProblem ? saving.error.fields.refused_moves : undefined;
  return (
    <form className={styles.form} onSubmit={submit}>
      <Choice
        label={t('dancing.level')}
        value={level}
        options={LEVELS.map((value) => ({ value, label: t(`dancing.levels.${value}`) }))}
        onChange={setLevel}
      />
      <TextField
        label={t('dancing.refused')}
        hint={t('dancing.refusedHint')}
        error={wrong}
        name="refused_moves"
        autoComplete="off"
        defaultValue={writeRefusedMoves(preferences.refused_moves)}
      />
      <CheckField
        label={t('dancing.autoSave')}
        name="auto_save"
        defaultChecked={preferences.auto_save_choreographies}
      />
      {saving.isError && wrong === undefined && <ProblemNotice problem={saving.error} />}
      <Button type="submit" look="primary" isBusy={saving.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
