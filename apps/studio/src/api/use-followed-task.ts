import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isForGood } from './problem.ts';
import { followTask } from './task-events.ts';
import { hasEnded, TASKS_KEY, taskQuery } from './tasks.ts';

const POLL_MS = 2_000;

/**
 * A task as it is now: told of each change, or asked for now and then where nobody tells.
 *
 * @param taskId undefined where there is none to follow yet
 */
export function useFollowedTask(taskId: string | undefined) {
  const queryClient = useQueryClient();
  const [isTold, setTold] = useState(false);
  const task = useQuery({
    ...taskQuery(taskId ?? ''),
    enabled: taskId !== undefined,
    refetchInterval: ({ state }) => {
      const isOver = state.data === undefined ? isForGood(state.error) : hasEnded(state.data);
      return isTold || isOver ? false : POLL_MS;
    },
  });
  const isOpen = task.data !== undefined && !hasEnded(task.data);
  useEffect(() => {
    if (taskId === undefined || !isOpen) return undefined;
    const stop = followTask(taskId, {
      onState: (state) => queryClient.setQueryData(taskQuery(taskId).queryKey, state),
      onConnection: setTold,
    });
    return () => {
      stop();
      setTold(false);
      // It has ended, or nobody looks any more: lists show it otherwise than it is.
      void queryClient.invalidateQueries({ queryKey: TASKS_KEY });
    };
  }, [taskId, isOpen, queryClient]);
  return task;
}
