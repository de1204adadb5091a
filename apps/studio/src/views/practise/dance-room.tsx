import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { useEffect, useMemo, useRef, useState } from 'react';
import { PendingBar } from './change/pending-bar.tsx';
import { useChanges } from './change/use-changes.ts';
import { DancePanel } from './dance-panel.tsx';
import { DancePicture } from './dance-picture.tsx';
import { DancePlayer } from './dance-player.tsx';
import styles from './dance-room.module.css';
import type { Task } from './data.ts';
import { changedMoves, changedSpan } from './logic/changed-span.ts';
import { danceLineOf } from './logic/dance-line.ts';
import type { Practice } from './player/practice.ts';
import { useHandedPractice } from './player/use-handed-practice.ts';
import type { Video } from './player/use-video.ts';
import { VideoGone } from './player/video-gone.tsx';
import { ShortcutHelp } from './shortcuts/shortcut-help.tsx';
import { useShortcuts, useShortcutsChoice } from './shortcuts/use-shortcuts.ts';
import { usePracticeActions } from './use-practice-actions.ts';
import type { Compared } from './versions/versions.tsx';

interface DanceRoomProps {
  readonly task: Task;
  readonly video: Video;
  readonly blueprint: Blueprint;
}

/** A dance, practised and changed: its picture, its time, its moves. */
export function DanceRoom({ task, video, blueprint }: DanceRoomProps) {
  const changes = useChanges(task.task_id, blueprint);
  const [compared, setCompared] = useState<Compared | null>(null);
  const room = useRef<HTMLDivElement>(null);
  const isPreviewed = changes.preview !== null;
  const shown = changes.preview?.blueprint ?? blueprint;
  const line = useMemo(() => danceLineOf(shown), [shown]);
  const changed = useMemo(() => indicesBetween(changedMoves(blueprint, shown)), [blueprint, shown]);
  const [practice, takeTransport] = useHandedPractice(line);
  const actions = usePracticeActions({ practice, line, document: shown, changes, room });
  const [areShortcutsOn, chooseShortcuts] = useShortcutsChoice();
  useShortcuts(areShortcutsOn, actions.act);
  const look = useLook(practice, isPreviewed, () => {
    room.current?.scrollIntoView({ block: 'nearest' });
    return changedSpan(changes.before, shown, line);
  });
  return (
    <div className={styles.room}>
      <DancePlayer
        ref={room}
        {...{ task, video, practice, line, actions, changed, compared, isPreviewed }}
        document={shown}
        picture={
          <DancePicture
            taskId={task.task_id}
            {...{ video, blueprint, changes }}
            onTransport={takeTransport}
          />
        }
      />
      <div className={styles.side}>
        {video.isGone && <VideoGone taskId={task.task_id} onThere={video.retry} />}
        <DancePanel {...{ task, blueprint, practice, line, changes, compared }} onCompare={setCompared} />
        <PendingBar taskId={task.task_id} changes={changes} onLook={look} />
      </div>
      <ShortcutHelp
        isOpen={actions.isHelpOpen}
        onOpenChange={actions.setIsHelpOpen}
        isOn={areShortcutsOn}
        onChoose={chooseShortcuts}
      />
    </div>
  );
}

/** Shows what a change has changed as soon as it can be played. @returns what shows it again */
function useLook(
  practice: Practice | null,
  isPreviewed: boolean,
  spanOf: () => ReturnType<typeof changedSpan>,
): () => void {
  const shown = useRef<Practice | null>(null);
  const look = (): void => {
    const span = spanOf();
    if (practice === null || span === null) return;
    practice.setLoop(span);
    practice.transport.seek(span.startSec);
    practice.play();
  };
  useEffect(() => {
    if (practice === null || shown.current === practice) return;
    shown.current = practice;
    if (isPreviewed) look();
  });
  return look;
}

function indicesBetween(range: ReturnType<typeof changedMoves>): ReadonlySet<number> {
  if (range === null) return new Set();
  return new Set(Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index));
}
