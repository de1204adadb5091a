import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { type RefObject, useEffect, useState } from 'react';
import type { Changes } from './change/use-changes.ts';
import { type DanceLine, moveAt, neighbouringCountSec, neighbouringMoveSec } from './logic/dance-line.ts';
import { neighbouringPictureSec } from './logic/frame-step.ts';
import { loopOfMove, loopOfPhrase, withEnd, withStart } from './logic/loop.ts';
import { neighbouringRate } from './logic/playback-rates.ts';
import type { Practice } from './player/practice.ts';
import type { ShortcutAction } from './shortcuts/shortcuts.ts';

interface PracticeActionsOptions {
  readonly practice: Practice | null;
  readonly line: DanceLine;
  /** What plays. */
  readonly document: Blueprint;
  readonly changes: Changes;
  /** What fills the screen. */
  readonly room: RefObject<HTMLElement | null>;
}

/** What a press or a key does, and what was chosen so: it outlives what plays. */
export function usePracticeActions({
  practice,
  line,
  document: shown,
  changes,
  room,
}: PracticeActionsOptions) {
  const [isMirrored, setIsMirrored] = useState(false);
  const [showsCaptions, setShowsCaptions] = useState(true);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [rate, setRate] = useState(1);
  const [countsIn, setCountsIn] = useState(false);
  useEffect(() => practice?.transport.setRate(rate), [practice, rate]);
  useEffect(() => practice?.setCountsIn(countsIn), [practice, countsIn]);

  const step = (direction: 1 | -1): void => {
    if (practice === null) return;
    const { transport } = practice;
    practice.pause();
    const sec = transport.positionSec();
    const playbackRate = shown.moves[moveAt(line, sec)?.index ?? 0]?.playback_rate ?? 1;
    transport.seek(neighbouringPictureSec(sec, direction, playbackRate));
  };
  const jump = (find: typeof neighbouringMoveSec, direction: 1 | -1): void => {
    const transport = practice?.transport;
    transport?.seek(find(line, transport.positionSec(), direction));
  };
  const loop = (find: (sec: number) => ReturnType<typeof loopOfMove>): void =>
    practice?.setLoop(find(practice.transport.positionSec()));
  const present = practice?.state().loop ?? null;
  const actions: Readonly<Record<ShortcutAction, () => void>> = {
    toggle: () => practice?.toggle(),
    countBack: () => jump(neighbouringCountSec, -1),
    countOn: () => jump(neighbouringCountSec, 1),
    moveBack: () => jump(neighbouringMoveSec, -1),
    moveOn: () => jump(neighbouringMoveSec, 1),
    pictureBack: () => step(-1),
    pictureOn: () => step(1),
    slower: () => setRate(neighbouringRate(rate, -1)),
    faster: () => setRate(neighbouringRate(rate, 1)),
    loopMove: () => loop((sec) => loopOfMove(line, sec)),
    loopPhrase: () => loop((sec) => loopOfPhrase(line, sec)),
    loopStart: () => loop((sec) => withStart(line, present, sec)),
    loopEnd: () => loop((sec) => withEnd(line, present, sec)),
    loopClear: () => practice?.setLoop(null),
    countIn: () => setCountsIn(!countsIn),
    mirror: () => setIsMirrored(!isMirrored),
    captions: () => setShowsCaptions(!showsCaptions),
    fullScreen: () => void toggleFullScreen(room.current),
    undo: changes.undo,
    redo: changes.redo,
    help: () => setIsHelpOpen(true),
  };
  return {
    act: (action: ShortcutAction) => actions[action](),
    setRate,
    isMirrored,
    showsCaptions,
    isHelpOpen,
    setIsHelpOpen,
  };
}

async function toggleFullScreen(element: HTMLElement | null): Promise<void> {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
    else await element?.requestFullscreen();
  } catch (thrown) {
    // A browser that refuses it says so by itself; the picture stays as it is.
    if (!(thrown instanceof TypeError)) throw thrown;
  }
}
