import { useTranslations } from 'use-intl';
import { View } from '../../ui/view.tsx';

export function Plan() {
  const t = useTranslations('plans');
  return <View title={t('title')}>{null}</View>;
}
