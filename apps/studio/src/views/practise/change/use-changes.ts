import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type PreviewDocument, previewQuery } from '../data.ts';
import type { Edits } from '../logic/edits.ts';
import { changed, type History, historyOf, redone, undone } from '../logic/history.ts';
import { refusesEdits } from '../logic/refusal.ts';

export interface Changes {
  readonly edits: Edits;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What the edits would make; null without edits, and as long as it is not known. */
  readonly preview: PreviewDocument | null;
  /** The document in front of the last change: what it changed is told by the difference. */
  readonly before: Blueprint;
  readonly isLooking: boolean;
  /** Why the last change was taken back again; null where it was not. */
  readonly refusal: unknown;
  /** What keeps the preview from being known, and may pass; null where nothing does. */
  readonly problem: unknown;
  change(edits: Edits): void;
  undo(): void;
  redo(): void;
  discard(): void;
  /** Asks again what the edits would make, and for what it is played from. */
  refresh(): void;
}

/** What is to be changed of a dance, with what it would become; a change that the dance does not allow is taken back. */
export function useChanges(taskId: string, blueprint: Blueprint): Changes {
  const [history, setHistory] = useState<History<Edits>>(() => historyOf<Edits>([]));
  const [refusal, setRefusal] = useState<unknown>(null);
  const [seen, setSeen] = useState<{ present: Blueprint; before: Blueprint }>({
    present: blueprint,
    before: blueprint,
  });
  const edits = history.present;
  const look = useQuery({
    ...previewQuery(taskId, edits),
    enabled: edits.length > 0,
    // The one before is shown until the next is known.
    placeholderData: keepPreviousData,
  });
  const preview = edits.length > 0 ? (look.data ?? null) : null;
  const present = edits.length === 0 ? blueprint : preview?.blueprint;
  if (present !== undefined && present !== seen.present) setSeen({ present, before: seen.present });

  const { error } = look;
  useEffect(() => {
    if (!refusesEdits(error)) return;
    setRefusal(error);
    setHistory((before) => ({ ...undone(before), future: [] }));
  }, [error]);

  const become = (next: (before: History<Edits>) => History<Edits>): void => {
    setRefusal(null);
    setHistory(next);
  };
  return {
    edits,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    preview,
    before: seen.before,
    isLooking: edits.length > 0 && (look.isPlaceholderData || look.isPending),
    refusal,
    // What plays plays on, where its addresses alone could not be renewed.
    problem: edits.length > 0 && look.data === undefined && !refusesEdits(error) ? error : null,
    change: (next) => become((before) => changed(before, next)),
    undo: () => become(undone),
    redo: () => become(redone),
    discard: () => become((before) => (before.present.length === 0 ? before : changed(before, []))),
    refresh: () => void look.refetch(),
  };
}
