import type { components } from '@bachata-buddy/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered } from './problem.ts';
import { client } from './session.ts';

export type Task = components['schemas']['Task'];
export type TaskListItem = components['schemas']['TaskListItem'];

export function taskQuery(taskId: string) {
  return queryOptions({
    queryKey: ['task', taskId],
    queryFn: ({ signal }) =>
      answered(
        client.GET('/api/choreography/tasks/{task_id}/', { params: { path: { task_id: taskId } }, signal }),
      ),
  });
}

const LIST_POLL_MS = 3_000;

/** All lists of tasks begin with it. */
export const TASKS_KEY = ['tasks'] as const;

/** One's dances, youngest first, whatever became of them. */
export function tasksQuery(page: number) {
  return queryOptions({
    queryKey: [...TASKS_KEY, page],
    queryFn: ({ signal }) => {
      const query = { details: 'true', page: String(page) };
      return answered(client.GET('/api/choreography/tasks/', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    // Until all of them have ended.
    refetchInterval: ({ state }) =>
      state.data?.results.some((task) => !hasEnded(task)) === true ? LIST_POLL_MS : false,
  });
}

/** @throws ApiProblem `TASK_ENDED` where there is nothing to cancel any more */
export function cancelTask(taskId: string) {
  return answered(
    client.DELETE('/api/choreography/tasks/{task_id}/', { params: { path: { task_id: taskId } } }),
  );
}

export function hasEnded({ status }: Pick<TaskListItem, 'status'>): boolean {
  return status === 'completed' || status === 'failed';
}
