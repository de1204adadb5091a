import { useQuery } from '@tanstack/react-query';
import { Footprints } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslations } from 'use-intl';
import { danceToSong } from '../../api/generation.ts';
import { preferencesQuery } from '../../api/own-account.ts';
import type { Song } from '../../api/songs.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import styles from './by-song.module.css';
import { SongPicker } from './song-picker.tsx';
import { useDance } from './use-dance.ts';
import { WishFields } from './wish-fields.tsx';
import { EMPTY_FORM, songRequest, type WishForm } from './wish-form.ts';

/**
 * A song, and what the dance to it is to be like.
 *
 * @param isShown whether it is in sight: no song is heard from behind something else
 */
export function BySong({ isShown }: { readonly isShown: boolean }) {
  const t = useTranslations('make');
  const [song, setSong] = useState<Song | null>(null);
  const usual = useUsualForm();
  const [chosen, setForm] = useState<WishForm | null>(null);
  const form = chosen ?? usual;
  const dance = useDance(danceToSong);
  // Behind the songs, and by itself: in one piece with them it would keep the page from answering.
  const isFormDue = useDeferredValue(true, false);
  return (
    <div className={styles.columns}>
      <SongPicker chosen={song} onChoose={setSong} isShown={isShown} />
      {isFormDue && (
        <section className={styles.wishes} aria-labelledby="your-dance">
          <h2 id="your-dance">{t('yourDance')}</h2>
          <div className={styles.fields}>
            <WishFields form={form} onChange={setForm} />
          </div>
          <div className={styles.foot}>
            {dance.isError && <ProblemNotice problem={dance.error} />}
            <p className={styles.chosen} aria-live="polite">
              {song === null ? t('noSong') : t('toSong', { title: song.title, artist: song.artist })}
            </p>
            <Button
              look="primary"
              size="large"
              disabled={song === null}
              isBusy={dance.isPending}
              onClick={() => {
                if (song !== null) dance.mutate(songRequest(song.id, form));
              }}
            >
              <Footprints aria-hidden="true" />
              {dance.isPending ? t('listening') : t('dance')}
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}

/** As every dance is to be, until something else is chosen. */
function useUsualForm(): WishForm {
  const preferences = useQuery(preferencesQuery).data;
  return preferences === undefined ? EMPTY_FORM : { ...EMPTY_FORM, level: preferences.default_difficulty };
}
