import {
  Captions,
  CaretsToAxisDashedVertical,
  CircleHelp,
  Maximize,
  Metronome,
  Minus,
  Pause,
  Play,
  Plus,
  Repeat,
  Repeat1,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { join } from '../../../ui/join.ts';
import { clock } from '../../../ui/time.ts';
import type { DanceLine } from '../logic/dance-line.ts';
import { countsIn } from '../logic/loop.ts';
import { PLAYBACK_RATES } from '../logic/playback-rates.ts';
import type { ShortcutAction } from '../shortcuts/shortcuts.ts';
import styles from './controls.module.css';
import type { Practice } from './practice.ts';
import { useAtPosition, usePracticeState, useTransportState } from './use-practice.ts';

export interface ControlsProps {
  readonly practice: Practice;
  readonly line: DanceLine;
  readonly isMirrored: boolean;
  readonly showsCaptions: boolean;
  act(action: ShortcutAction): void;
  onRate(rate: number): void;
}

/** All that practising needs, within reach of a thumb. */
export function Controls({ practice, line, isMirrored, showsCaptions, act, onRate }: ControlsProps) {
  const t = useTranslations('practise.controls');
  const { isPlaying, rate } = useTransportState(practice.transport);
  const { countsIn: isCountedIn, countingIn } = usePracticeState(practice);
  const isActive = isPlaying || countingIn !== null;
  return (
    <div className={styles.controls} role="toolbar" aria-label={t('label')}>
      <div className={styles.row}>
        <div className={styles.group}>
          <Tool label={t('moveBack')} icon={<SkipBack />} onPress={() => act('moveBack')} />
          <Button
            look="primary"
            isRound
            className={styles.play}
            aria-label={isActive ? t('pause') : t('play')}
            data-testid="play"
            onClick={() => act('toggle')}
          >
            {isActive ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          </Button>
          <Tool label={t('moveOn')} icon={<SkipForward />} onPress={() => act('moveOn')} />
        </div>
        <Clock practice={practice} durationSec={line.durationSec} />
        <Speed rate={rate} act={act} onRate={onRate} />
        <div className={styles.group}>
          <Tool label={t('pictureBack')} icon={<StepBack />} onPress={() => act('pictureBack')} />
          <Tool label={t('pictureOn')} icon={<StepForward />} onPress={() => act('pictureOn')} />
          {document.fullscreenEnabled && (
            <Tool label={t('fullScreen')} icon={<Maximize />} onPress={() => act('fullScreen')} />
          )}
        </div>
      </div>
      <div className={styles.row}>
        <LoopTools practice={practice} line={line} act={act} />
        <div className={styles.group}>
          <Tool label={t('countIn')} icon={<Metronome />} isOn={isCountedIn} onPress={() => act('countIn')}>
            <span className={styles.word}>5 6 7 8</span>
          </Tool>
          <Tool
            label={t('mirror')}
            icon={<CaretsToAxisDashedVertical />}
            isOn={isMirrored}
            onPress={() => act('mirror')}
          />
          <Tool
            label={t('captions')}
            icon={<Captions />}
            isOn={showsCaptions}
            onPress={() => act('captions')}
          />
          <Tool label={t('help')} icon={<CircleHelp />} onPress={() => act('help')} />
        </div>
      </div>
    </div>
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

function Tool({ label, icon, isOn, children, onPress }: ToolProps) {
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

function Clock({ practice, durationSec }: { practice: Practice; durationSec: number }) {
  const text = useAtPosition(practice.transport, (sec) => clock(sec, { tenths: true }));
  return (
    <p className={styles.clock}>
      <span data-testid="clock">{text}</span> <span className={styles.whole}>/ {clock(durationSec)}</span>
    </p>
  );
}

function Speed({ rate, act, onRate }: Pick<ControlsProps, 'act' | 'onRate'> & { rate: number }) {
  const t = useTranslations('practise.controls');
  const format = useFormatter();
  return (
    <div className={styles.group}>
      <Tool label={t('slower')} icon={<Minus />} onPress={() => act('slower')} />
      <select
        className={styles.speed}
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
      <Tool label={t('faster')} icon={<Plus />} onPress={() => act('faster')} />
    </div>
  );
}

function LoopTools({ practice, line, act }: Pick<ControlsProps, 'practice' | 'line' | 'act'>) {
  const t = useTranslations('practise.controls');
  const { loop } = usePracticeState(practice);
  return (
    <div className={join(styles.group, styles.loops)}>
      <Tool label={t('loopMove')} icon={<Repeat1 />} onPress={() => act('loopMove')}>
        <span className={styles.word}>{t('move')}</span>
      </Tool>
      <Tool label={t('loopPhrase')} icon={<Repeat />} onPress={() => act('loopPhrase')}>
        <span className={styles.word}>{t('phrase')}</span>
      </Tool>
      <Tool label={t('loopStart')} icon="A" onPress={() => act('loopStart')} />
      <Tool label={t('loopEnd')} icon="B" onPress={() => act('loopEnd')} />
      {loop !== null && (
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
      )}
    </div>
  );
}
