import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { collectionStatsQuery } from '../../api/collections.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { View } from '../../ui/view.tsx';
import { AddVideo } from './add-video.tsx';
import { MyDances } from './my-dances.tsx';
import { SavedDances } from './saved-dances.tsx';

/** What one keeps, and all that one has had made. */
export function Keep() {
  const t = useTranslations('keep');
  const [shown, setShown] = useState<'saved' | 'all'>('saved');
  const stats = useQuery(collectionStatsQuery).data;
  const lead =
    stats === undefined || stats.total_count === 0
      ? undefined
      : t('stats', {
          count: stats.total_count,
          minutes: Math.round(stats.total_duration / 60),
          recent: stats.recent_count,
        });
  return (
    <View
      title={t('title')}
      lead={lead}
      actions={
        <>
          <AddVideo />
          <ButtonLink to="/" look="primary">
            {t('make')}
          </ButtonLink>
        </>
      }
    >
      <Tabs
        label={t('title')}
        value={shown}
        onChange={setShown}
        tabs={[
          { value: 'saved', label: t('saved'), content: <SavedDances /> },
          { value: 'all', label: t('all'), content: <MyDances /> },
        ]}
      />
    </View>
  );
}
