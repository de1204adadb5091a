import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { join } from '../../../ui/join.ts';
import { clock } from '../../../ui/time.ts';
import { usePartWords } from '../../../ui/use-part-words.ts';
import {
  countAt,
  type DanceLine,
  moveAt,
  neighbouringCountSec,
  neighbouringMoveSec,
} from '../logic/dance-line.ts';
import type { Peaks } from '../logic/peaks.ts';
import type { SheetTile } from '../logic/sheet-tile.ts';
import { type SongPlace, toSongSec } from '../logic/song-time.ts';
import { toPx, toSec } from '../logic/time-scale.ts';
import type { Practice } from '../player/practice.ts';
import { useOnPicture, usePracticeState } from '../player/use-practice.ts';
import { useCanvas } from './canvas.ts';
import { drawWave } from './draw-wave.ts';
import { ScrubTip } from './scrub-tip.tsx';
import styles from './timeline.module.css';

interface TimelineProps {
  readonly practice: Practice;
  readonly line: DanceLine;
  readonly peaks: Peaks | null;
  readonly place: SongPlace;
  thumbnailAt(sec: number): SheetTile | undefined;
}

/** The screen reader is told where the dance is, but not of every picture. */
const TELL_EVERY_SEC = 0.5;

/** The whole dance: the song's loudness, its parts, what is looped, and where the dance is. It is a slider. */
export function Timeline({ practice, line, peaks, place, thumbnailAt }: TimelineProps) {
  const t = useTranslations('practise');
  const { transport } = practice;
  const { durationSec } = line;
  const track = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const [hoverSec, setHoverSec] = useState<number | null>(null);

  const describe = (sec: number): string => {
    const count = countAt(line, sec)?.number;
    const values = { time: clock(sec), move: moveAt(line, sec)?.name ?? '' };
    return count === undefined ? t('timeline.at', values) : t('timeline.atCount', { ...values, count });
  };
  const told = useRef(Number.NEGATIVE_INFINITY);
  useOnPicture(transport, (sec) => {
    track.current?.style.setProperty('--position', String(durationSec > 0 ? sec / durationSec : 0));
    if (track.current !== null) track.current.dataset.sec = sec.toFixed(3);
    if (slider.current === null || Math.abs(sec - told.current) < TELL_EVERY_SEC) return;
    told.current = sec;
    slider.current.value = String(sec);
    slider.current.setAttribute('aria-valuetext', describe(sec));
  });

  const secAt = (clientX: number): number => {
    const { left, width } = track.current?.getBoundingClientRect() ?? { left: 0, width: 0 };
    return toSec({ fromSec: 0, toSec: durationSec, widthPx: width }, clientX - left);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = secOfKey(event.key, transport.positionSec(), line);
    if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    told.current = Number.NEGATIVE_INFINITY;
    transport.seek(target);
  };
  return (
    <div className={styles.timeline}>
      <div
        className={styles.track}
        ref={track}
        data-testid="timeline"
        onPointerMove={({ clientX }) => setHoverSec(secAt(clientX))}
        onPointerLeave={() => setHoverSec(null)}
      >
        <Wave {...{ peaks, place, durationSec }} className={styles.wave} colour="strong" />
        <Wave
          {...{ peaks, place, durationSec }}
          className={join(styles.wave, styles.played)}
          colour="accent"
        />
        <LoopedPart practice={practice} durationSec={durationSec} />
        <input
          ref={slider}
          className={styles.slider}
          type="range"
          min={0}
          max={durationSec}
          step="any"
          defaultValue={0}
          aria-label={t('timeline.position')}
          onInput={({ currentTarget }) => transport.seek(Number(currentTarget.value))}
          onKeyDown={onKeyDown}
        />
        <div className={styles.playhead} data-testid="playhead" />
        {hoverSec !== null && (
          <ScrubTip
            sec={hoverSec}
            share={durationSec > 0 ? hoverSec / durationSec : 0}
            tile={thumbnailAt(hoverSec)}
            text={moveAt(line, hoverSec)?.name ?? ''}
          />
        )}
      </div>
      <Parts line={line} onJump={(sec) => transport.seek(sec)} />
    </div>
  );
}

/** Arrows go by counts, pages by moves. */
function secOfKey(key: string, sec: number, line: DanceLine): number | null {
  if (key === 'ArrowRight' || key === 'ArrowUp') return neighbouringCountSec(line, sec, 1);
  if (key === 'ArrowLeft' || key === 'ArrowDown') return neighbouringCountSec(line, sec, -1);
  if (key === 'PageUp') return neighbouringMoveSec(line, sec, 1);
  if (key === 'PageDown') return neighbouringMoveSec(line, sec, -1);
  if (key === 'Home') return 0;
  return key === 'End' ? line.durationSec : null;
}

interface WaveProps {
  readonly peaks: Peaks | null;
  readonly place: SongPlace;
  readonly durationSec: number;
  readonly className: string | undefined;
  readonly colour: 'strong' | 'accent';
}

function Wave({ peaks, place, durationSec, className, colour }: WaveProps) {
  const { canvas } = useCanvas((surface) => {
    if (peaks === null) return;
    const [fromSec, toSec] = [toSongSec(place, 0), toSongSec(place, durationSec)];
    drawWave(surface, { peaks, fromSec, toSec, colour: surface.palette[colour] });
  });
  return <canvas ref={canvas} className={className} />;
}

function LoopedPart({ practice, durationSec }: { practice: Practice; durationSec: number }) {
  const { loop } = usePracticeState(practice);
  if (loop === null) return null;
  const scale = { fromSec: 0, toSec: durationSec, widthPx: 100 };
  const left = toPx(scale, loop.startSec);
  const style = { left: `${left}%`, width: `${toPx(scale, loop.endSec) - left}%` };
  return <div className={styles.loop} style={style} data-testid="looped" />;
}

function Parts({ line, onJump }: { line: DanceLine; onJump: (sec: number) => void }) {
  const t = useTranslations('practise');
  const partWords = usePartWords();
  if (line.parts.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset: nothing is filled in
    <div className={styles.parts} role="group" aria-label={t('timeline.chapters')}>
      {line.parts.map(({ name, startSec, endSec }) => (
        <button
          key={startSec}
          type="button"
          className={styles.part}
          style={{ flexGrow: endSec - startSec }}
          title={partWords(name)}
          onClick={() => onJump(startSec)}
        >
          {partWords(name)}
        </button>
      ))}
    </div>
  );
}
