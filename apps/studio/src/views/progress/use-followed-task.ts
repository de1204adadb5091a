import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followTask } from '../../api/task-events.ts';
import { hasEnded, TASKS_KEY, taskQuery } from '../../api/tasks.ts';

const POLL_MS = 2_000;

/** A task as it is now: told of each change, or asked for now and then where nobody tells. */
export function useFollowedTask(taskId: string) {
  const queryClient = useQueryClient();
  const [isTold, setTold] = useState(false);
  const task = useQuery({
    ...taskQuery(taskId),
    refetchInterval: ({ state }) => {
      const isOver = state.data !== undefined && hasEnded(state.data);
      return isTold || isOver ? false : POLL_MS;
    },
  });
  const isOver = task.data !== undefined && hasEnded(task.data);
  useEffect(() => {
    if (isOver) void queryClient.invalidateQueries({ queryKey: TASKS_KEY });
    if (isOver) return undefined;
    return followTask(taskId, {
      onState: (state) => queryClient.setQueryData(taskQuery(taskId).queryKey, state),
      onConnection: setTold,
    });
  }, [taskId, isOver, queryClient]);
  return task;
}
