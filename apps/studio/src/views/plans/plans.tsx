import { useTranslations } from 'use-intl';
import { View } from '../../ui/view.tsx';

export function Plans() {
  const t = useTranslations('plans');
  return <View title={t('title')}>{null}</View>;
}
