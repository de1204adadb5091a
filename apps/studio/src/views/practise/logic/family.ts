/** Of a task, what it was changed from. */
interface Revised {
  readonly task_id: string;
  readonly revision_of?: string | undefined;
  readonly created_at: string;
}

/**
 * The dance that a task belongs to: what it was changed from, all the way back, and whatever was changed from any of
 * those, the oldest first.
 */
export function familyOf<Task extends Revised>(tasks: readonly Task[], taskId: string): Task[] {
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  const rootOf = (id: string): string => {
    const seen = new Set<string>();
    let root = id;
    for (let parent = byId.get(root)?.revision_of; parent !== undefined && !seen.has(parent); ) {
      seen.add(parent);
      root = parent;
      parent = byId.get(root)?.revision_of;
    }
    return root;
  };
  const root = rootOf(taskId);
  return tasks
    .filter((task) => rootOf(task.task_id) === root)
    .sort((a, b) => a.created_at.localeCompare(b.created_at));
}
