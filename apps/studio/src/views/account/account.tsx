import { useTranslations } from 'use-intl';
import { View } from '../../ui/view.tsx';

export function Account() {
  const t = useTranslations('account');
  return <View title={t('title')}>{null}</View>;
}
