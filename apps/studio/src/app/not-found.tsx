import { useTranslations } from 'use-intl';
import { ButtonLink } from '../ui/button.tsx';
import { View } from '../ui/view.tsx';

export function NotFound() {
  const t = useTranslations('shell');
  return (
    <View title={t('notFound')} lead={t('notFoundLead')} width="narrow">
      <p>
        <ButtonLink to="/" look="primary">
          {t('home')}
        </ButtonLink>
      </p>
    </View>
  );
}
