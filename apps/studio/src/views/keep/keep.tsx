import { useTranslations } from 'use-intl';
import { View } from '../../ui/view.tsx';

export function Keep() {
  const t = useTranslations('keep');
  return <View title={t('title')}>{null}</View>;
}
