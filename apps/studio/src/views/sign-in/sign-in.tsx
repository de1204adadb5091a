import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Notice } from '../../ui/notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { View } from '../../ui/view.tsx';
import { BasicStep } from './basic-step.tsx';
import { LoginForm } from './login-form.tsx';
import { RegisterForm } from './register-form.tsx';
import styles from './sign-in.module.css';

/** Signs in, or registers; then leads to where the user was going. */
export function SignIn() {
  const t = useTranslations('signIn');
  const [way, setWay] = useState<'login' | 'register'>('login');
  const { to, problem } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const goOn = (): void => void navigate({ href: to ?? '/', replace: true });
  return (
    <div className={styles.page}>
      <section className={styles.poster} aria-hidden="true">
        <p className={styles.slogan}>
          <span>{t('sloganIn')}</span>
          <span>{t('sloganOut')}</span>
        </p>
        <BasicStep className={styles.step} />
        <p className={styles.caption}>{t('caption')}</p>
      </section>
      <View title={t('title')} lead={t('lead')} width="narrow">
        {problem === 'link' && <Notice kind="bad">{t('linkUsed')}</Notice>}
        <Tabs
          label={t('title')}
          value={way}
          areKept
          onChange={setWay}
          tabs={[
            { value: 'login', label: t('login'), content: <LoginForm onDone={goOn} /> },
            { value: 'register', label: t('register'), content: <RegisterForm onDone={goOn} /> },
          ]}
        />
      </View>
    </div>
  );
}
