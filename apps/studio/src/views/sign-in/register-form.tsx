import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { register } from '../../api/account.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';

const FIELDS = ['username', 'email', 'display_name', 'password', 'password2'] as const;

/** @param onDone once the session of the new account has begun */
export function RegisterForm({ onDone }: { onDone(): void }) {
  const t = useTranslations('signIn');
  const registration = useMutation({ mutationFn: register, onSuccess: onDone });
  const submit = (form: FormData): void => {
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
  return (
    <Form
      problem={registration.error}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" size="large" isBusy={registration.isPending}>
          {t('registerAction')}
        </Button>
      }
    >
      <TextField
        label={t('username')}
        hint={t('usernameHint')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        maxLength={150}
        required
      />
      <TextField label={t('displayName')} name="display_name" autoComplete="name" maxLength={200} />
      <TextField label={t('email')} name="email" type="email" autoComplete="email" />
      <TextField
        label={t('password')}
        hint={t('passwordHint')}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        required
      />
      <TextField
        label={t('password2')}
        name="password2"
        type="password"
        autoComplete="new-password"
        required
      />
      <CheckField label={t('stay')} hint={t('stayHint')} name="stay" />
    </Form>
  );
}
