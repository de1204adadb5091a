import { useTranslations } from 'use-intl';
import { View } from '../../ui/view.tsx';

export function Progress() {
  const t = useTranslations('progress');
  return <View title={t('title')}>{null}</View>;
}
