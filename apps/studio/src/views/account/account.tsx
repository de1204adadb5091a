import { useTranslations } from 'use-intl';
import { useProfile } from '../../api/account.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { View } from '../../ui/view.tsx';
import { DancingForm } from './dancing-form.tsx';
import { OwnData } from './own-data.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Sessions } from './sessions.tsx';

/** What is known of whoever is signed in, and what they can do about it. */
export function Account() {
  const t = useTranslations('account');
  const profile = useProfile();
  if (profile.data === undefined) {
    return (
      <View title={t('title')} width="narrow">
        {profile.isError ? (
          <ProblemNotice problem={profile.error} onRetry={() => void profile.refetch()} />
        ) : (
          <Loading />
        )}
      </View>
    );
  }
  const { username } = profile.data;
  return (
    <View title={t('title')} lead={t('lead', { name: username })} width="narrow">
      <ProfileForm profile={profile.data} />
      <DancingForm />
      <PasswordForm username={username} />
      <Sessions />
      <OwnData username={username} />
    </View>
  );
}
