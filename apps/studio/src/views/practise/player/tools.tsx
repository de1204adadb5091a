import { Minus, Pause, Play, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { join } from '../../../ui/join.ts';
import { clock } from '../../../ui/time.ts';
import { countsIn } from '../logic/loop.ts';
import { PLAYBACK_RATES } from '../logic/playback-rates.ts';
import styles from './controls.module.css';
import type { ControlsProps } from './controls-props.ts';
import type { Practice } from './practice.ts';
import { useAtPosition, usePracticeState, useTransportState } from './use-practice.ts';

type Acting = Pick<ControlsProps, 'practice' | 'act'>;

/** Plays, or stops. */
export function PlayButton({ practice, act }: Acting) {
  const t = useTranslations('practise.controls');
  const { isOn } = usePracticeState(practice);
  return (
    <Button
      look="primary"
      isRound
      className={styles.play}
      aria-label={isOn ? t('pause') : t('play')}
      data-testid="play"
      onClick={() => act('toggle')}
    >
      {isOn ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
    </Button>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Of what is either on or off. */
  readonly isOn?: boolean | undefined;
  readonly children?: ReactNode;
  onPress(): void;
}

/** A button with a picture. */
export function Tool({ label, icon, isOn, children, onPress }: ToolProps) {
  return (
    <Button
      look="quiet"
      isRound={children === undefined}
      className={join(styles.tool, isOn === true && styles.on)}
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      onClick={onPress}
    >
      <span aria-hidden="true" className={styles.icon}>
        {icon}
      </span>
      {children}
    </Button>
  );
}

/** Where in the dance it is. */
export function Clock({ practice, durationSec }: { practice: Practice; durationSec: number }) {
  const text = useAtPosition(practice.transport, (sec) => clock(sec, { tenths: true }));
  return (
    <p className={styles.clock}>
      <span data-testid="clock">{text}</span> <span className={styles.whole}>/ {clock(durationSec)}</span>
    </p>
  );
}

interface SpeedProps extends Pick<ControlsProps, 'practice' | 'onRate'> {
  readonly className?: string | undefined;
}

/** How fast it plays, as one of some. */
export function SpeedChoice({ practice, onRate, className }: SpeedProps) {
  const t = useTranslations('practise.controls');
  const format = useFormatter();
  const { rate } = useTransportState(practice.transport);
  return (
    <select
      className={join(styles.speed, className)}
      aria-label={t('speed')}
      value={rate}
      onChange={({ currentTarget }) => onRate(Number(currentTarget.value))}
    >
      {PLAYBACK_RATES.map((offered) => (
        <option key={offered} value={offered}>
          {format.number(offered, { style: 'percent' })}
        </option>
      ))}
    </select>
  );
}

/** How fast it plays, step by step. */
export function Speed({ practice, act, onRate }: Acting & Pick<ControlsProps, 'onRate'>) {
  const t = useTranslations('practise.controls');
  return (
    <div className={styles.group}>
      <Tool label={t('slower')} icon={<Minus />} onPress={() => act('slower')} />
      <SpeedChoice {...{ practice, onRate }} />
      <Tool label={t('faster')} icon={<Plus />} onPress={() => act('faster')} />
    </div>
  );
}

/** How much is danced again and again, to be ended; nothing without a loop. */
export function PresentLoop({ practice, line, act }: Acting & Pick<ControlsProps, 'line'>) {
  const t = useTranslations('practise.controls');
  const { loop } = usePracticeState(practice);
  if (loop === null) return null;
  return (
    <Button
      look="quiet"
      className={join(styles.tool, styles.on)}
      title={t('loopClear')}
      onClick={() => act('loopClear')}
    >
      <X aria-hidden="true" />
      <span className="visually-hidden">{t('loopClear')}: </span>
      <span className={styles.looped} data-testid="loop">
        {t('looped', { counts: countsIn(line, loop) })}
      </span>
    </Button>
  );
}
