import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { profileQuery } from '../../api/account.ts';
import { saveProfile } from '../../api/own-account.ts';
import type { User } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';
import { Panel } from '../../ui/panel.tsx';
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
  const submit = (form: FormData): void =>
    saving.mutate({ display_name: textOf(form, 'display_name'), email: textOf(form, 'email') });
  return (
    <Panel title={t('profile.title')}>
      <Form
        className={styles.form}
        problem={saving.error}
        onSubmit={submit}
        actions={
          <Button type="submit" look="primary" isBusy={saving.isPending}>
            {t('save')}
          </Button>
        }
      >
        <TextField
          label={t('profile.displayName')}
          name="display_name"
          autoComplete="name"
          maxLength={200}
          defaultValue={profile.display_name}
        />
        <TextField
          label={t('profile.email')}
          name="email"
          type="email"
          autoComplete="email"
          defaultValue={profile.email}
        />
      </Form>
    </Panel>
  );
}
