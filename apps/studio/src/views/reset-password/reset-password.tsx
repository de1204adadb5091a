import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { resetPassword } from '../../api/account.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { useNewPassword } from '../../ui/new-password.tsx';
import { Notice } from '../../ui/notice.tsx';
import { View } from '../../ui/view.tsx';

/** Sets another password, for whoever was given a link that ends in `#token=…`. */
export function ResetPassword() {
  const t = useTranslations('resetPassword');
  const [token] = useState(() => /^#token=([\w-]+)$/.exec(window.location.hash)?.[1]);
  return (
    <View title={t('title')} lead={t('lead')} width="narrow">
      {token === undefined ? <Notice kind="bad">{t('incomplete')}</Notice> : <ResetForm token={token} />}
    </View>
  );
}

function ResetForm({ token }: { readonly token: string }) {
  const t = useTranslations('resetPassword');
  const password = useNewPassword();
  const setting = useMutation({ mutationFn: resetPassword });
  const submit = (form: FormData): void => {
    const next = password.read(form);
    if (next !== null) setting.mutate({ token, new_password: next });
  };
  if (setting.isSuccess)
    return (
      <Notice kind="good" action={<Link to="/sign-in">{t('signIn')}</Link>}>
        {t('done')}
      </Notice>
    );
  return (
    <Form
      problem={setting.error}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" size="large" isBusy={setting.isPending}>
          {t('action')}
        </Button>
      }
    >
      {password.fields}
    </Form>
  );
}
