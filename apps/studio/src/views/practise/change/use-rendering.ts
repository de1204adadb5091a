import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { requestKey } from '../../../api/request-key.ts';
import { hasEnded } from '../../../api/tasks.ts';
import { useFollowedTask } from '../../../api/use-followed-task.ts';
import { revise, type Task } from '../data.ts';
import type { Edits } from '../logic/edits.ts';
import type { Changes } from './use-changes.ts';

export interface Revision {
  readonly taskId: string;
  /** Undefined until it is known. */
  readonly task: Task | undefined;
}

export interface Rendering {
  /** What was begun last. */
  readonly revision: Revision | undefined;
  /** Whether it is being made of what is changed now: then nothing is left to be rendered. */
  readonly isOfPresent: boolean;
  /** Whether something was changed behind it. */
  readonly hasLaterChanges: boolean;
  readonly isStarting: boolean;
  /** Why it could not even begin. */
  readonly problem: unknown;
  start(): void;
}

/** The rendering of what is changed. It may be changed further meanwhile, and be rendered again where it failed. */
export function useRendering(taskId: string, { edits }: Changes): Rendering {
  const client = useQueryClient();
  /** The same wish, asked for again, is the same revision. */
  const wish = useRef<{ edits: Edits; key: string } | null>(null);
  const starting = useMutation({
    mutationFn: async (wanted: Edits) => {
      if (wish.current?.edits !== wanted) wish.current = { edits: wanted, key: requestKey() };
      return { taskId: await revise(taskId, wanted, wish.current.key), edits: wanted };
    },
    onSuccess: () => {
      // From here on it would be another one: this may fail.
      wish.current = null;
      return client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  const begun = starting.data;
  const { data: task } = useFollowedTask(begun?.taskId);
  return {
    revision: begun && { taskId: begun.taskId, task },
    isOfPresent: begun?.edits === edits && (task === undefined || !hasEnded(task)),
    hasLaterChanges: begun !== undefined && begun.edits !== edits,
    isStarting: starting.isPending,
    problem: starting.error,
    start: () => starting.mutate(edits),
  };
}
