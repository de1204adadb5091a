import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { profileQuery } from '../../api/account.ts';
import { saveProfile } from '../../api/own-account.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { User } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { textOf } from '../../ui/form-text.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useToast } from '../../ui/toasts.tsx';
import styles from './account.module.css';

export function ProfileForm({ profile }: { readonly profile: User }) {
  const t = useTranslations('account');
  const queries = useQueryClient();
  const toast = useToast();
  const saving = useMutation({
    mutationFn: saveProfile,
    onSuccess: (saved) => {
      queries.setQueryData(profileQuery.queryKey, saved);
      toast(t('saved'));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    saving.mutate({ display_name: textOf(form, 'display_name'), email: textOf(form, 'email') });
  };
  const wrong = saving.error instanceof ApiProblem ? saving.error.fields : {};
  const isAboutFields = wrong.display_name !== undefined || wrong.email !== undefined;
  return (
    <Panel title={t('profile.title')}>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={t('profile.displayName')}
          error={wrong.display_name}
          name="display_name"
          autoComplete="name"
          maxLength={200}
          defaultValue={profile.display_name}
        />
        <TextField
          label={t('profile.email')}
          error={wrong.email}
          name="email"
          type="email"
          autoComplete="email"
          defaultValue={profile.email}
        />
        {saving.isError && !isAboutFields && <ProblemNotice problem={saving.error} />}
        <Button type="submit" look="primary" isBusy={saving.isPending}>
          {t('save')}
        </Button>
      </form>
    </Panel>
  );
}
