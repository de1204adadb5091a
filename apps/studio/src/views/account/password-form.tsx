import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { changePassword } from '../../api/own-account.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';
import { useNewPassword } from '../../ui/new-password.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/toasts.tsx';
import styles from './account.module.css';

/** @param username for password managers, which keep the two together */
export function PasswordForm({ username }: { readonly username: string }) {
  const t = useTranslations('account');
  const queries = useQueryClient();
  const toast = useToast();
  const password = useNewPassword();
  const changing = useMutation({ mutationFn: changePassword });
  const submit = (form: FormData, element: HTMLFormElement): void => {
    const next = password.read(form);
    if (next === null) return;
    const body = { current_password: textOf(form, 'current_password'), new_password: next };
    changing.mutate(body, {
      onSuccess: () => {
        element.reset();
        toast(t('password.done'));
        void queries.invalidateQueries({ queryKey: ['sessions'] });
      },
    });
  };
  return (
    <Panel title={t('password.title')} lead={t('password.lead')}>
      <Form
        className={styles.form}
        problem={changing.error}
        onSubmit={submit}
        actions={
          <Button type="submit" look="primary" isBusy={changing.isPending}>
            {t('password.action')}
          </Button>
        }
      >
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <TextField
          label={t('password.current')}
          name="current_password"
          type="password"
          autoComplete="current-password"
          required
        />
        {password.fields}
      </Form>
    </Panel>
  );
}
