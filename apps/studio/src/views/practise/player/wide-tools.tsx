import {
  Captions,
  CaretsToAxisDashedVertical,
  CircleHelp,
  Maximize,
  Metronome,
  Repeat,
  Repeat1,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import { join } from '../../../ui/join.ts';
import styles from './controls.module.css';
import type { ControlsProps } from './controls-props.ts';
import { Clock, PlayButton, PresentLoop, Speed, Tool } from './tools.tsx';
import { usePracticeState } from './use-practice.ts';

/** The tools side by side. */
export function WideTools({ practice, line, isMirrored, showsCaptions, act, onRate }: ControlsProps) {
  const t = useTranslations('practise.controls');
  const { countsIn: isCountedIn } = usePracticeState(practice);
  return (
    <>
      <div className={styles.row}>
        <div className={styles.group}>
          <Tool label={t('moveBack')} icon={<SkipBack />} onPress={() => act('moveBack')} />
          <PlayButton {...{ practice, act }} />
          <Tool label={t('moveOn')} icon={<SkipForward />} onPress={() => act('moveOn')} />
        </div>
        <Clock practice={practice} durationSec={line.durationSec} />
        <Speed {...{ practice, act, onRate }} />
        <div className={styles.group}>
          <Tool label={t('pictureBack')} icon={<StepBack />} onPress={() => act('pictureBack')} />
          <Tool label={t('pictureOn')} icon={<StepForward />} onPress={() => act('pictureOn')} />
          {document.fullscreenEnabled && (
            <Tool label={t('fullScreen')} icon={<Maximize />} onPress={() => act('fullScreen')} />
          )}
        </div>
      </div>
      <div className={styles.row}>
        <div className={join(styles.group, styles.loops)}>
          <Tool label={t('loopMove')} icon={<Repeat1 />} onPress={() => act('loopMove')}>
            <span className={styles.word}>{t('move')}</span>
          </Tool>
          <Tool label={t('loopPhrase')} icon={<Repeat />} onPress={() => act('loopPhrase')}>
            <span className={styles.word}>{t('phrase')}</span>
          </Tool>
          <Tool label={t('loopStart')} icon="A" onPress={() => act('loopStart')} />
          <Tool label={t('loopEnd')} icon="B" onPress={() => act('loopEnd')} />
          <PresentLoop {...{ practice, line, act }} />
        </div>
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
    </>
  );
}
