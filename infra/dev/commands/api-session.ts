import { setTimeout as sleep } from 'node:timers/promises';
import { isEnded } from '@bachata-buddy/vocabulary';
import { infraError } from '../../errors.ts';

const POLL_INTERVAL_MS = 500;
/** HTTP: nothing was done, and may be asked for again. */
const OVERLOADED = 503;
const OVERLOAD_PAUSE_MS = 1_000;
const MOST_ATTEMPTS = 30;

export interface TaskDetail {
  readonly task_id: string;
  readonly status: string;
  readonly progress: number;
  readonly stage: string;
  readonly message: string;
  readonly error?: string;
  readonly result?: { video_url: string; duration: number; file_size: number; num_moves: number };
}

export interface ApiSession {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** Polls a task to its end, as a web page would. */
  follow(pollUrl: string, onProgress: (task: TaskDetail) => void): Promise<TaskDetail>;
}

/** Signs a user in over HTTP, registering the name on first use. */
export async function openApiSession(
  baseUrl: string,
  username: string,
  password: string,
): Promise<ApiSession> {
  const login = await send(baseUrl, 'POST', '/api/auth/login/', { username, password });
  const signedIn = login.ok
    ? login
    : await send(baseUrl, 'POST', '/api/auth/register/', { username, password, password2: password });
  const { access } = await bodyOf<{ access: string }>(signedIn);
  const get = async <T>(path: string): Promise<T> =>
    bodyOf<T>(await send(baseUrl, 'GET', path, undefined, access));
  return {
    get,
    post: async (path, body) => bodyOf(await send(baseUrl, 'POST', path, body, access)),
    async follow(pollUrl, onProgress) {
      for (;;) {
        const task = await get<TaskDetail>(pollUrl);
        onProgress(task);
        if (isEnded(task)) return task;
        await sleep(POLL_INTERVAL_MS);
      }
    },
  };
}

/** Asks again where the API has too much to do just now: drawing may take all processors. */
async function send(...request: Parameters<typeof sendOnce>): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await sendOnce(...request);
    if (response.status !== OVERLOADED || attempt === MOST_ATTEMPTS) return response;
    await response.body?.cancel();
    await sleep(OVERLOAD_PAUSE_MS);
  }
}

function sendOnce(
  baseUrl: string,
  method: string,
  path: string,
  body?: unknown,
  access?: string,
): Promise<Response> {
  return fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(access === undefined ? {} : { authorization: `Bearer ${access}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function bodyOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) {
    throw infraError(
      'API_REFUSED',
      `${new URL(response.url).pathname} answered ${response.status}: ${text.slice(0, 300)}`,
    );
  }
  return JSON.parse(text) as T;
}
