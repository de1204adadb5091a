import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { TextField } from './field.tsx';
import { textOf } from './form-text.ts';

interface NewPassword {
  /** The password and the password once more. */
  readonly fields: ReactNode;
  /** What was typed; null where the two differ, which is then said there. */
  read(form: FormData): string | null;
}

/** A password that somebody thinks of, in a form. */
export function useNewPassword(): NewPassword {
  const t = useTranslations('account.password');
  const [differ, setDiffer] = useState(false);
  return {
    read: (form) => {
      const next = textOf(form, 'new_password');
      const areDifferent = next !== textOf(form, 'again');
      setDiffer(areDifferent);
      return areDifferent ? null : next;
    },
    fields: (
      <>
        <TextField
          label={t('next')}
          name="new_password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          required
        />
        <TextField
          label={t('nextAgain')}
          error={differ ? t('differ') : undefined}
          name="again"
          type="password"
          autoComplete="new-password"
          required
        />
      </>
    ),
  };
}
