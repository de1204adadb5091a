import { useTranslations } from 'use-intl';
import { join } from '../../../ui/join.ts';
import { ActionTool } from './action-tools.tsx';
import styles from './controls.module.css';
import type { ControlsProps } from './controls-props.ts';
import { Clock, PlayButton, PresentLoop, Speed } from './tools.tsx';
import { usePracticeState } from './use-practice.ts';

/** The tools side by side. */
export function WideTools({ practice, line, isMirrored, showsCaptions, act, onRate }: ControlsProps) {
  const t = useTranslations('practise.controls');
  const { countsIn: isCountedIn } = usePracticeState(practice);
  return (
    <>
      <div className={styles.row}>
        <div className={styles.group}>
          <ActionTool action="moveBack" act={act} />
          <PlayButton {...{ practice, act }} />
          <ActionTool action="moveOn" act={act} />
        </div>
        <Clock practice={practice} durationSec={line.durationSec} />
        <Speed {...{ practice, act, onRate }} />
        <div className={styles.group}>
          <ActionTool action="pictureBack" act={act} />
          <ActionTool action="pictureOn" act={act} />
          {document.fullscreenEnabled && <ActionTool action="fullScreen" act={act} />}
        </div>
      </div>
      <div className={styles.row}>
        <div className={join(styles.group, styles.loops)}>
          <ActionTool action="loopMove" act={act}>
            <span className={styles.word}>{t('move')}</span>
          </ActionTool>
          <ActionTool action="loopPhrase" act={act}>
            <span className={styles.word}>{t('phrase')}</span>
          </ActionTool>
          <ActionTool action="loopStart" act={act} />
          <ActionTool action="loopEnd" act={act} />
          <PresentLoop {...{ practice, line, act }} />
        </div>
        <div className={styles.group}>
          <ActionTool action="countIn" act={act} isOn={isCountedIn}>
            <span className={styles.word}>5 6 7 8</span>
          </ActionTool>
          <ActionTool action="mirror" act={act} isOn={isMirrored} />
          <ActionTool action="captions" act={act} isOn={showsCaptions} />
          <ActionTool action="help" act={act} />
        </div>
      </div>
    </>
  );
}
