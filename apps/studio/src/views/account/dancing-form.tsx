import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { LEVELS } from '../../api/levels.ts';
import { type Preferences, preferencesQuery, savePreferences } from '../../api/own-account.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CheckField } from '../../ui/field.tsx';
import { MoveChooser } from '../../ui/move-chooser.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { useLevelWords } from '../../ui/use-level-words.ts';
import styles from './account.module.css';

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
  const levelWords = useLevelWords();
  const [refused, setRefused] = useState<readonly string[]>(preferences.refused_moves ?? []);
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
      refused_moves: [...refused],
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Choice
        label={t('dancing.level')}
        value={level}
        options={LEVELS.map((value) => ({ value, label: levelWords(value) }))}
        onChange={setLevel}
      />
      <MoveChooser
        label={t('dancing.refused')}
        prompt={t('dancing.refusedPrompt')}
        chosen={refused}
        onChange={setRefused}
      />
      <CheckField
        label={t('dancing.autoSave')}
        name="auto_save"
        defaultChecked={preferences.auto_save_choreographies}
      />
      {saving.isError && <ProblemNotice problem={saving.error} />}
      <Button type="submit" look="primary" isBusy={saving.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
