import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { register } from '../../api/account.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { textOf } from '../../ui/form-text.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import styles from './sign-in.module.css';

const FIELDS = ['username', 'email', 'display_name', 'password', 'password2'] as const;

/** @param onDone once the session of the new account has begun */
export function RegisterForm({ onDone }: { onDone(): void }) {
  const t = useTranslations('signIn');
  const registration = useMutation({ mutationFn: register, onSuccess: onDone });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [username, email, displayName, password, password2] = FIELDS.map((name) => textOf(form, name));
    registration.mutate({
      username: username ?? '',
      email: email ?? '',
      display_name: displayName ?? '',
      password: password ?? '',
      password2: password2 ?? '',
      isForBrowser: form.has('stay'),
    });
  };
  const { error } = registration;
  const wrong = error instanceof ApiProblem ? error.fields : {};
  const isAboutFields = FIELDS.some((name) => wrong[name] !== undefined);
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={t('username')}
        hint={t('usernameHint')}
        error={wrong.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        maxLength={150}
        required
      />
      <TextField
        label={t('displayName')}
        error={wrong.display_name}
        name="display_name"
        autoComplete="name"
        maxLength={200}
      />
      <TextField label={t('email')} error={wrong.email} name="email" type="email" autoComplete="email" />
      <TextField
        label={t('password')}
        hint={t('passwordHint')}
        error={wrong.password}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        required
      />
      <TextField
        label={t('password2')}
        error={wrong.password2}
        name="password2"
        type="password"
        autoComplete="new-password"
        required
      />
      <CheckField label={t('stay')} hint={t('stayHint')} name="stay" />
      {registration.isError && !isAboutFields && <ProblemNotice problem={error} />}
      <Button type="submit" look="primary" size="large" isBusy={registration.isPending}>
        {t('registerAction')}
      </Button>
    </form>
  );
}
