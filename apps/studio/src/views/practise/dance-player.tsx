import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type Ref, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import styles from './dance-room.module.css';
import { type Task, waveformQuery } from './data.ts';
import type { DanceLine } from './logic/dance-line.ts';
import { songPlaceOf } from './logic/song-time.ts';
import { Controls } from './player/controls.tsx';
import type { Practice } from './player/practice.ts';
import { Stage } from './player/stage.tsx';
import type { Video } from './player/use-video.ts';
import { CountLane } from './timeline/count-lane.tsx';
import { Timeline } from './timeline/timeline.tsx';
import { useThumbnails } from './timeline/use-thumbnails.ts';
import type { usePracticeActions } from './use-practice-actions.ts';
import { ComparedPicture } from './versions/compared-picture.tsx';
import type { Compared } from './versions/versions.tsx';

interface DancePlayerProps {
  readonly task: Task;
  readonly video: Video;
  /** What plays. */
  readonly document: Blueprint;
  readonly line: DanceLine;
  readonly practice: Practice | null;
  readonly actions: ReturnType<typeof usePracticeActions>;
  /** Moves that are not as they were rendered. */
  readonly changed: ReadonlySet<number>;
  readonly compared: Compared | null;
  readonly isPreviewed: boolean;
  readonly picture: ReactNode;
  readonly ref: Ref<HTMLElement>;
}

const NO_BEATS: readonly number[] = [];

/** The picture, and below it all that moves it. */
export function DancePlayer(props: DancePlayerProps) {
  const {
    task,
    video,
    document: shown,
    line,
    practice,
    actions,
    changed,
    compared,
    isPreviewed,
    picture,
    ref,
  } = props;
  const t = useTranslations('practise');
  const { isMirrored, showsCaptions, act, setRate } = actions;
  const place = useMemo(() => songPlaceOf(shown), [shown]);
  const peaks = usePeaks(task.song?.id);
  const thumbnailAt = useThumbnails(isPreviewed ? undefined : video.result?.thumbnails_url);
  return (
    <section className={styles.player} ref={ref} aria-label={t('player.label')} data-testid="player">
      <div className={compared === null ? undefined : styles.pair}>
        <Stage
          {...{ practice, line, isMirrored, showsCaptions }}
          badge={isPreviewed ? t('change.badge') : undefined}
        >
          {picture}
        </Stage>
        {compared !== null && practice !== null && (
          <ComparedPicture
            key={compared.taskId}
            {...compared}
            transport={practice.transport}
            speed={task.version?.speed ?? 1}
            className={styles.other}
          />
        )}
      </div>
      {practice !== null && (
        <div className={styles.below}>
          <Controls {...{ practice, line, isMirrored, showsCaptions, act }} onRate={setRate} />
          <CountLane {...{ practice, line, peaks, place, changed }} beatsSec={shown.beats ?? NO_BEATS} />
          <Timeline {...{ practice, line, peaks, place, thumbnailAt }} />
        </div>
      )}
    </section>
  );
}

/** How loud the song is; null as long as nobody knows: the dance can be practised without. */
function usePeaks(songId: number | undefined) {
  const { data } = useQuery({ ...waveformQuery(songId ?? 0), enabled: songId !== undefined });
  return useMemo(
    () => (data === undefined ? null : { perSec: data.peaks_per_sec, values: data.peaks }),
    [data],
  );
}
