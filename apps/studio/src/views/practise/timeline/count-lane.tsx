import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { join } from '../../../ui/join.ts';
import { clock } from '../../../ui/time.ts';
import { type DanceLine, type DanceMove, moveAt } from '../logic/dance-line.ts';
import type { Peaks } from '../logic/peaks.ts';
import type { SongPlace } from '../logic/song-time.ts';
import { toPx, viewAround } from '../logic/time-scale.ts';
import type { Practice } from '../player/practice.ts';
import { useAtPosition, useOnPicture } from '../player/use-practice.ts';
import { useCanvas } from './canvas.ts';
import styles from './count-lane.module.css';
import { drawCounts } from './draw-counts.ts';

interface CountLaneProps {
  readonly practice: Practice;
  readonly line: DanceLine;
  readonly peaks: Peaks | null;
  readonly place: SongPlace;
  readonly beatsSec: readonly number[];
  /** Moves that are not as they were rendered. */
  readonly changed: ReadonlySet<number>;
}

/** So much of the dance is seen: two eights on a phone, a phrase on a desktop. */
const LEAST_PX_PER_SEC = 44;
const MOST_PX_PER_SEC = 84;
const WANTED_SEC = 13;
/** What is shorter was a press, and no drag. */
const DRAG_PX = 6;

/** The dance from near: its counts as on a ruler, its moves as blocks, running past the present. */
export function CountLane({ practice, line, peaks, place, beatsSec, changed }: CountLaneProps) {
  const t = useTranslations('practise');
  const { transport } = practice;
  const blocks = useRef<HTMLDivElement>(null);
  const present = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; sec: number; pxPerSec: number; isDragging: boolean } | null>(null);
  const density = (widthPx: number): number =>
    Math.min(MOST_PX_PER_SEC, Math.max(LEAST_PX_PER_SEC, widthPx / WANTED_SEC));

  const { canvas, redraw } = useCanvas((surface) => {
    const sec = transport.positionSec();
    const { widthPx } = surface;
    const pxPerSec = density(widthPx);
    const scale = viewAround(sec, { durationSec: line.durationSec, widthPx, pxPerSec });
    drawCounts(surface, { scale, presentSec: sec, counts: line.counts, beatsSec, peaks, place });
    if (blocks.current !== null) {
      blocks.current.style.setProperty('--density', `${widthPx / (scale.toSec - scale.fromSec)}px`);
      blocks.current.style.setProperty('--from', String(scale.fromSec));
    }
    if (present.current !== null) present.current.style.transform = `translateX(${toPx(scale, sec)}px)`;
  });
  useOnPicture(transport, () => redraw());

  const onPointerDown = ({ clientX, button }: PointerEvent<HTMLDivElement>): void => {
    if (button !== 0) return;
    const pxPerSec = density(canvas.current?.getBoundingClientRect().width ?? 0);
    drag.current = { x: clientX, sec: transport.positionSec(), pxPerSec, isDragging: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const from = drag.current;
    if (from === null) return;
    if (event.buttons === 0) {
      // It was let go of elsewhere.
      drag.current = null;
      return;
    }
    const movedPx = event.clientX - from.x;
    if (!from.isDragging && Math.abs(movedPx) < DRAG_PX) return;
    if (!from.isDragging) event.currentTarget.setPointerCapture(event.pointerId);
    from.isDragging = true;
    transport.seek(from.sec - movedPx / from.pxPerSec);
  };
  const endDrag = (): void => {
    // The click that ends a drag comes behind this.
    setTimeout(() => {
      drag.current = null;
    });
  };
  return (
    <div
      className={styles.lane}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
    >
      <canvas ref={canvas} className={styles.ruler} />
      {/* biome-ignore lint/a11y/useSemanticElements: no fieldset: nothing is filled in */}
      <div
        className={styles.blocks}
        ref={blocks}
        role="group"
        aria-label={t('timeline.moves')}
        onKeyDown={stepFocus}
      >
        <Blocks
          practice={practice}
          line={line}
          changed={changed}
          onJump={(move) => {
            if (drag.current?.isDragging !== true) transport.seek(move.startSec);
          }}
        />
      </div>
      <div className={styles.present} ref={present} aria-hidden="true" />
    </div>
  );
}

interface BlocksProps {
  readonly practice: Practice;
  readonly line: DanceLine;
  readonly changed: ReadonlySet<number>;
  onJump(move: DanceMove): void;
}

function Blocks({ practice, line, changed, onJump }: BlocksProps) {
  const t = useTranslations('practise');
  const present = useAtPosition(practice.transport, (sec) => moveAt(line, sec)?.index);
  const parts = line.parts.map(({ name }) => name);
  return line.moves.map((move) => (
    <button
      key={move.index}
      type="button"
      className={join(
        styles.block,
        move.index === present && styles.current,
        changed.has(move.index) && styles.changed,
      )}
      style={{
        left: `calc((${move.startSec} - var(--from)) * var(--density))`,
        width: `calc(${move.endSec - move.startSec} * var(--density) - 3px)`,
      }}
      data-part={parts.indexOf(move.section ?? '') % 3}
      data-testid="block"
      aria-current={move.index === present ? 'true' : undefined}
      aria-label={t('timeline.jump', { name: move.name, time: clock(move.startSec) })}
      tabIndex={move.index === (present ?? 0) ? 0 : -1}
      onClick={() => onJump(move)}
    >
      {move.name}
    </button>
  ));
}

/** One stop for the tab key; arrows go from block to block. */
function stepFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const focused = event.target;
  if (!(focused instanceof HTMLElement)) return;
  const next =
    event.key === 'ArrowRight'
      ? focused.nextElementSibling
      : event.key === 'ArrowLeft'
        ? focused.previousElementSibling
        : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus({ preventScroll: true });
  next.click();
}
