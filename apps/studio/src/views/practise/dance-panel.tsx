import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { MoveList } from './change/move-list.tsx';
import type { Changes } from './change/use-changes.ts';
import type { Task } from './data.ts';
import { type DanceLine, danceLineOf, moveAt } from './logic/dance-line.ts';
import type { Practice } from './player/practice.ts';
import { useAtPosition } from './player/use-practice.ts';
import { type Compared, Versions } from './versions/versions.tsx';

interface DancePanelProps {
  readonly task: Task;
  /** As it is rendered. */
  readonly blueprint: Blueprint;
  /** Of what plays. */
  readonly line: DanceLine;
  readonly practice: Practice | null;
  readonly changes: Changes;
  readonly compared: Compared | null;
  onCompare(compared: Compared | null): void;
}

/** The moves, to go to and to change; and what else there is of the dance. */
export function DancePanel(props: DancePanelProps) {
  const { task, blueprint, line, practice, changes, compared, onCompare } = props;
  const t = useTranslations('practise.tabs');
  const [tab, setTab] = useState<'moves' | 'versions'>('moves');
  const renderedLine = useMemo(() => danceLineOf(blueprint), [blueprint]);
  const { version_of: originalId } = task;
  const moveList = (presentPlace: number | undefined): ReactNode => (
    <MoveList
      taskId={task.task_id}
      isFixed={originalId !== undefined}
      {...{ blueprint, changes, presentPlace }}
      line={renderedLine}
      onJump={(place) => practice?.transport.seek(line.moves[place]?.startSec ?? 0)}
      onLoop={(place) => {
        const move = line.moves[place];
        if (move !== undefined) practice?.setLoop({ startSec: move.startSec, endSec: move.endSec });
      }}
    />
  );
  const moves = (
    <>
      {originalId !== undefined && <ChangedInOriginal originalId={originalId} />}
      {practice === null ? moveList(undefined) : <AtPresent {...{ practice, line }} render={moveList} />}
    </>
  );
  const versions = <Versions {...{ task, compared, onCompare }} />;
  return (
    <Tabs
      label={t('label')}
      value={tab}
      onChange={setTab}
      tabs={[
        { value: 'moves', label: t('moves'), content: moves },
        { value: 'versions', label: t('versions'), content: versions },
      ]}
    />
  );
}

/** A practice version lies elsewhere in time than its song: its original is changed instead. */
function ChangedInOriginal({ originalId }: { readonly originalId: string }) {
  const t = useTranslations('practise.change');
  const original = (
    <ButtonLink size="small" to="/dance/$taskId" params={{ taskId: originalId }}>
      {t('openOriginal')}
    </ButtonLink>
  );
  return (
    <Notice kind="note" action={original}>
      <p>{t('fixed')}</p>
    </Notice>
  );
}

interface AtPresentProps extends Pick<DancePanelProps, 'line'> {
  readonly practice: Practice;
  render(place: number | undefined): ReactNode;
}

/** Rendered anew when another move is danced, and only then. */
function AtPresent({ practice, line, render }: AtPresentProps) {
  return render(useAtPosition(practice.transport, (sec) => moveAt(line, sec)?.index));
}
