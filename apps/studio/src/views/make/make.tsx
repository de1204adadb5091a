import { Disc3, MessageCircle } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Tabs } from '../../ui/tabs.tsx';
import { View } from '../../ui/view.tsx';
import { BySentence } from './by-sentence.tsx';
import { BySong } from './by-song.tsx';

/** Chooses a song, or writes a sentence, and asks for a dance. */
export function Make() {
  const t = useTranslations('make');
  const [way, setWay] = useState<'song' | 'sentence'>('song');
  return (
    <View title={t('title')} lead={t('lead')}>
      <Tabs
        label={t('title')}
        value={way}
        areKept
        onChange={setWay}
        tabs={[
          {
            value: 'song',
            label: (
              <>
                <Disc3 aria-hidden="true" />
                {t('bySong')}
              </>
            ),
            content: <BySong isShown={way === 'song'} />,
          },
          {
            value: 'sentence',
            label: (
              <>
                <MessageCircle aria-hidden="true" />
                {t('bySentence')}
              </>
            ),
            content: <BySentence />,
          },
        ]}
      />
    </View>
  );
}
