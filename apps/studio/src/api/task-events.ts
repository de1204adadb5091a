import { answered } from './problem.ts';
import { client } from './session.ts';
import type { Task } from './tasks.ts';

export interface TaskListener {
  onState(task: Task): void;
  /** Whether states come by themselves; where they do not, somebody has to ask. */
  onConnection(isOpen: boolean): void;
}

/** A browser keeps six connections to an origin, over all of its tabs: videos and requests need some. */
const MOST_STREAMS = 2;
let streams = 0;

/**
 * Follows a task by server-sent events. The browser comes back by itself where the connection breaks. Of many tasks at once
 * the first ones are followed.
 *
 * @returns what ends it
 */
export function followTask(taskId: string, { onState, onConnection }: TaskListener): () => void {
  if (streams === MOST_STREAMS) return () => {};
  streams += 1;
  let source: EventSource | null = null;
  let isOver = false;
  const open = async (): Promise<void> => {
    const params = { path: { task_id: taskId } };
    const { events_url: url } = await answered(
      client.POST('/api/choreography/tasks/{task_id}/events/ticket/', { params }),
    );
    if (isOver) return;
    // Of this page's own origin, by whatever name the service calls itself.
    const { pathname, search } = new URL(url);
    source = new EventSource(`${pathname}${search}`);
    source.onopen = () => onConnection(true);
    source.onerror = () => onConnection(false);
    source.onmessage = (event: MessageEvent<string>) => onState(JSON.parse(event.data) as Task);
  };
  // Without a ticket somebody has to ask.
  open().catch(() => onConnection(false));
  return () => {
    isOver = true;
    streams -= 1;
    source?.close();
  };
}
