import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { logIn } from '../../api/account.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { textOf } from '../../ui/form-text.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import styles from './sign-in.module.css';

/** @param onDone once the session has begun */
export function LoginForm({ onDone }: { onDone(): void }) {
  const t = useTranslations('signIn');
  const login = useMutation({ mutationFn: logIn, onSuccess: onDone });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    login.mutate({
      username: textOf(form, 'username'),
      password: textOf(form, 'password'),
      isForBrowser: form.has('stay'),
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={t('username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <CheckField label={t('stay')} hint={t('stayHint')} name="stay" />
      {login.isError && <ProblemNotice problem={login.error} />}
      <Button type="submit" look="primary" size="large" isBusy={login.isPending}>
        {t('login')}
      </Button>
    </form>
  );
}
