import { setTimeout as sleep } from 'node:timers/promises';

/** Soon at first; then seldom, since to be asked costs the service as much as it does its jobs. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Registers a user and returns the bearer header. */
export async function signIn(origin: string, username: string): Promise<{ authorization: string }> {
  const password = 'una-noche-muy-larga';
  const response = await fetch(`${origin}/api/auth/register/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, password2: password }),
  });
  if (response.status !== 201) throw new Error(`register answered ${response.status}`);
  const { access } = (await response.json()) as { access: string };
  return { authorization: `Bearer ${access}` };
}

export interface TaskBody {
  readonly task_id: string;
  readonly status: string;
  readonly stage: string;
  readonly progress: number;
  readonly error?: string;
  readonly result?: { video_url: string; duration: number; num_moves: number; file_size: number };
}

export async function postGeneration(origin: string, headers: Record<string, string>): Promise<TaskBody> {
  const response = await fetch(`${origin}/api/choreography/generate-from-song`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ song_id: 1, difficulty: 'beginner' }),
  });
  if (response.status !== 202)
    throw new Error(`generate answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as TaskBody;
}

/** Polls until the task satisfies the condition; the runner's timeout bounds it. */
export async function taskUntil(
  origin: string,
  headers: Record<string, string>,
  taskId: string,
  isReached: (task: TaskBody) => boolean,
): Promise<TaskBody> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
    const response = await fetch(`${origin}/api/choreography/tasks/${taskId}/`, { headers });
    const task = (await response.json()) as TaskBody;
    if (isReached(task)) return task;
    await sleep(pauseMs);
  }
}
