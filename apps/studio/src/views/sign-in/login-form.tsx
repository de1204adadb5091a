import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { logIn } from '../../api/account.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';

/** @param onDone once the session has begun */
export function LoginForm({ onDone }: { onDone(): void }) {
  const t = useTranslations('signIn');
  const login = useMutation({ mutationFn: logIn, onSuccess: onDone });
  const submit = (form: FormData): void =>
    login.mutate({
      username: textOf(form, 'username'),
      password: textOf(form, 'password'),
      isForBrowser: form.has('stay'),
    });
  return (
    <Form
      problem={login.error}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" size="large" isBusy={login.isPending}>
          {t('login')}
        </Button>
      }
    >
      <TextField
        label={t('username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <TextField
        label={t('password')}
        hint={t('forgotten')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <CheckField label={t('stay')} hint={t('stayHint')} name="stay" />
    </Form>
  );
}
