import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, type components, type Fetch, makeClient } from '@bachata-buddy/client';
import type { AppError } from '@bachata-buddy/platform';
import { isEnded } from '@bachata-buddy/vocabulary';
import { infraError } from '../../errors.ts';

export type Task = components['schemas']['Task'];

interface Login {
  readonly user: { readonly id: number };
  readonly access: string;
  readonly refresh: string;
}

/** Somebody who is signed in over HTTP. */
export interface ApiUser {
  readonly id: number;
  readonly client: ApiClient;
  /** For what speaks HTTP by itself: load, downloads, what is asked for byte by byte. */
  readonly headers: { readonly authorization: string };
}

/** Soon at first; then seldom, since to be asked costs the service as much as it does its jobs. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** HTTP: nothing was done, and may be asked for again. */
const OVERLOADED = 503;
const OVERLOAD_PAUSE_MS = 1_000;
const MOST_ATTEMPTS = 30;

/** Of accounts that only tests have. */
const USUAL_PASSWORD = 'una-noche-muy-larga';

/**
 * Registers a user; they ask again, half a minute long, where the service has too much to do.
 *
 * @throws AppError `API_REFUSED`
 */
export async function registerUser(
  origin: string,
  username: string,
  password = USUAL_PASSWORD,
): Promise<ApiUser> {
  const client = makeClient({ baseUrl: origin, fetch: patientFetch });
  const answer = await client.POST('/api/auth/register/', {
    body: { username, password, password2: password },
  });
  return signedIn(client, accepted(answer));
}

/**
 * Signs a user in, registering the name on first use; asks again like one who registers.
 *
 * @throws AppError `API_REFUSED`
 */
export async function signIn(origin: string, username: string, password = USUAL_PASSWORD): Promise<ApiUser> {
  const client = makeClient({ baseUrl: origin, fetch: patientFetch });
  const login = await client.POST('/api/auth/login/', { body: { username, password } });
  if (login.data !== undefined) return signedIn(client, login.data);
  const body = { username, password, password2: password };
  return signedIn(client, accepted(await client.POST('/api/auth/register/', { body })));
}

function signedIn(client: ApiClient, login: Login): ApiUser {
  client.setTokens(login);
  return { id: login.user.id, client, headers: { authorization: `Bearer ${login.access}` } };
}

/** What was answered. @throws AppError `API_REFUSED` where that is no success */
export function accepted<Data>(answer: {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}): Data {
  if (answer.data !== undefined) return answer.data;
  throw refusal(answer.response, answer.error);
}

function refusal({ url, status }: Response, error: unknown): AppError {
  const said = JSON.stringify(error ?? null).slice(0, 300);
  return infraError('API_REFUSED', `${new URL(url).pathname} answered ${status}: ${said}`);
}

/** Drawing may take all processors: asks again where that keeps the service from answering. */
export const patientFetch: Fetch = async (request) => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(request.clone());
    if (response.status !== OVERLOADED || attempt === MOST_ATTEMPTS) return response;
    await response.body?.cancel();
    await sleep(OVERLOAD_PAUSE_MS);
  }
};

/** Asks for the shortest way to a video: the catalogue's first song, for beginners. @returns the task's id */
export async function startTask({ client }: ApiUser): Promise<string> {
  const body = { song_id: 1, difficulty: 'beginner' as const };
  return accepted(await client.POST('/api/choreography/generate-from-song', { body })).task_id;
}

export interface FollowOptions {
  /** Default: it has ended. */
  readonly isReached?: (task: Task) => boolean;
  /** Gets each state that is seen. */
  readonly onState?: (task: Task) => void;
}

/**
 * Polls a task until it is as wanted, which nothing here bounds.
 *
 * @throws AppError `API_REFUSED` where the task is not to be seen
 */
export async function followTask(
  { client }: ApiUser,
  taskId: string,
  { isReached = isEnded, onState = () => {} }: FollowOptions = {},
): Promise<Task> {
  const params = { path: { task_id: taskId } };
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
    const answer = await client.GET('/api/choreography/tasks/{task_id}/', { params });
    // What is overloaded, or being started again, is asked again.
    if (answer.response.status !== OVERLOADED) {
      const task = accepted(answer);
      onState(task);
      if (isReached(task)) return task;
    }
    await sleep(pauseMs);
  }
}
