import { LoaderCircle, Play, Square } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslations } from 'use-intl';
import type { Song } from '../../api/songs.ts';
import { Button } from '../../ui/button.tsx';
import { join } from '../../ui/join.ts';
import { clock } from '../../ui/time.ts';
import { OwnSongMenu } from './own-song-menu.tsx';
import styles from './song-row.module.css';

const SOUND_ICONS = { quiet: Play, loading: LoaderCircle, playing: Square } as const;

interface SongRowProps {
  readonly song: Song;
  readonly isChosen: boolean;
  /** Of its sample. */
  readonly sound: 'quiet' | 'loading' | 'playing';
  onChoose(): void;
  onListen(): void;
  onDeleted(): void;
}

/** A song to choose; its dot beats as it does. */
export function SongRow({ song, isChosen, sound, onChoose, onListen, onDeleted }: SongRowProps) {
  const t = useTranslations('make');
  const { title, artist, bpm, duration, genre, status = 'ready' } = song;
  const Icon = SOUND_ICONS[sound];
  const beat = { '--beat': `${60 / (bpm ?? 120)}s` } as CSSProperties;
  return (
    <li className={join(styles.row, isChosen && styles.chosen)}>
      <label className={styles.label}>
        <input
          type="radio"
          name="song"
          className="visually-hidden"
          checked={isChosen}
          disabled={status !== 'ready'}
          onChange={onChoose}
        />
        <span className={styles.disc} style={beat} aria-hidden="true">
          <i />
        </span>
        <span className={styles.text}>
          <span className={styles.title}>{title}</span>
          <span className={styles.artist}>{artist}</span>
          {song.is_own === true && <OwnSongState song={song} />}
        </span>
        <span className={styles.facts}>
          <span>{bpm === null ? t('noTempo') : t('bpm', { bpm: Math.round(bpm) })}</span>
          <span>{clock(duration)}</span>
          {genre !== null && genre !== '' && <span className={styles.genre}>{genre}</span>}
        </span>
      </label>
      <Button
        look="quiet"
        isRound
        className={styles.listen}
        disabled={status !== 'ready'}
        aria-label={sound === 'quiet' ? t('listen', { title }) : t('quiet', { title })}
        onClick={onListen}
      >
        <Icon aria-hidden="true" />
      </Button>
      {song.is_own === true && <OwnSongMenu song={song} onDeleted={onDeleted} />}
    </li>
  );
}

/** Whether a song of one's own can be danced to yet. */
function OwnSongState({ song }: { readonly song: Song }) {
  const t = useTranslations('make');
  const words =
    song.status === 'analysing'
      ? t('own.analysing')
      : song.status === 'failed'
        ? t('own.failed', { reason: song.failure ?? '' })
        : t('own.yours');
  return <span className={styles.own}>{words}</span>;
}
