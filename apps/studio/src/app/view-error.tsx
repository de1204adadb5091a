import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { View } from '../ui/view.tsx';

/** Stands in the place of a view that could not be shown. */
export function ViewError({ error, reset }: ErrorComponentProps) {
  const t = useTranslations('shell');
  const router = useRouter();
  const again = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <View title={t('broken')} width="narrow">
      <ProblemNotice problem={error} onRetry={again} />
    </View>
  );
}
