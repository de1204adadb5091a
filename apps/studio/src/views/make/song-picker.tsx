import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { FIRST_SONGS, SONG_ORDERS, type Song, type SongFilter, songsQuery } from '../../api/songs.ts';
import { ListFilters } from '../../ui/list-filters.tsx';
import { OptionField } from '../../ui/option-field.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { useFirstPageAgain } from '../../ui/use-first-page-again.ts';
import { useLater } from '../../ui/use-later.ts';
import { BringSong } from './bring-song.tsx';
import styles from './song-picker.module.css';
import { SongRow } from './song-row.tsx';
import { useSample } from './use-sample.ts';

const TEMPI = ['any', 'slow', 'medium', 'fast'] as const;

interface SongPickerProps {
  readonly chosen: Song | null;
  /** Whether it is in sight. */
  readonly isShown: boolean;
  /** Null where the chosen one is no more. */
  onChoose(song: Song | null): void;
}

/** The songs, searched and filtered; one of them is chosen. */
export function SongPicker({ chosen, isShown, onChoose }: SongPickerProps) {
  const t = useTranslations('make');
  const [filter, setFilter] = useState(FIRST_SONGS);
  const change = (part: Partial<SongFilter>): void => setFilter({ ...filter, page: 1, ...part });
  const songs = useQuery(songsQuery({ ...filter, search: useLater(filter.search.trim()) }));
  const sample = useSample(isShown ? (songs.data?.results ?? []).map(({ id }) => id) : []);
  useFirstPageAgain(songs.error, () => change({ page: 1 }));
  const isFiltered = filter.search !== '' || filter.tempo !== 'any';
  return (
    <section aria-label={t('songs')} className={styles.picker}>
      <ListFilters
        label={t('search')}
        hint={t('searchHint')}
        search={filter.search}
        onSearch={(search) => change({ search })}
        // Nobody has searched at first; and numbers in words take a browser long, the first time.
        found={
          songs.data === undefined || filter === FIRST_SONGS ? '' : t('found', { count: songs.data.count })
        }
      >
        <OptionField
          label={t('tempo')}
          value={filter.tempo}
          options={TEMPI.map((value) => ({ value, label: t(`tempi.${value}`) }))}
          onChange={(tempo) => change({ tempo })}
        />
        <OptionField
          label={t('order')}
          value={filter.ordering}
          options={SONG_ORDERS.map((value) => ({ value, label: t(`orders.${value}`) }))}
          onChange={(ordering) => change({ ordering })}
        />
      </ListFilters>
      {songs.isPending && <Loading />}
      {songs.isError && <ProblemNotice problem={songs.error} onRetry={() => void songs.refetch()} />}
      {sample.problem !== null && <ProblemNotice problem={sample.problem} />}
      {songs.data?.results.length === 0 && isFiltered && (
        <Empty title={t('noSongs')}>{t('noSongsHint')}</Empty>
      )}
      {songs.data?.results.length === 0 && !isFiltered && (
        <Empty title={t('noneYet')}>{t('noneYetHint')}</Empty>
      )}
      {songs.data !== undefined && songs.data.results.length > 0 && (
        <fieldset>
          <legend className="visually-hidden">{t('songs')}</legend>
          <ul className={styles.list}>
            {songs.data.results.map((song) => (
              <SongRow
                key={song.id}
                song={song}
                isChosen={song.id === chosen?.id}
                sound={sample.heard?.songId === song.id ? sample.heard.state : 'quiet'}
                onChoose={() => onChoose(song)}
                onListen={() => sample.toggle(song.id)}
                onDeleted={() => {
                  if (song.id === chosen?.id) onChoose(null);
                }}
              />
            ))}
          </ul>
        </fieldset>
      )}
      <p>
        <BringSong />
      </p>
      <Pager page={filter.page} count={songs.data?.count ?? 0} onPage={(page) => change({ page })} />
    </section>
  );
}
