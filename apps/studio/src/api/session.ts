import { type components, makeClient, type Refresh, type Tokens } from '@bachata-buddy/client';
import { keptRefresh } from './kept-refresh.ts';
import { ApiProblem, answered } from './problem.ts';
import { refreshInTurn } from './refresh-in-turn.ts';
import { userOfToken } from './user-of-token.ts';

export type User = components['schemas']['User'];

/** `restoring` until it is known whether the session of an earlier load still holds. */
export type SessionStatus = 'restoring' | 'signed-out' | 'signed-in';

let status: SessionStatus = 'restoring';
let access: string | null = null;
/** Whose session it is; null while it is nobody's. */
let user: string | null = null;
let restoration: Promise<void> | null = null;
const listeners = new Set<(before: SessionStatus) => void>();

/** Speaks to the API that served this page; renews access tokens by itself. */
export const client = makeClient({ baseUrl: window.location.origin, onTokens: keep, refreshInTurn });

function keep(tokens: Tokens | null): void {
  access = tokens?.access ?? null;
  if (tokens !== null) user = userOfToken(tokens.access);
  // What is kept of another user is theirs: with that the page goes on.
  if (isAnothersNow()) startOver();
  else if (tokens === null) leave();
  else {
    if (tokens.refresh !== undefined) keptRefresh.replace(tokens.refresh);
    become('signed-in');
  }
}

function leave(): void {
  keptRefresh.forget();
  user = null;
  become('signed-out');
}

/** Whether another user has taken the place of the one who is signed in here. */
function isAnothersNow(): boolean {
  const kept = keptRefresh.get();
  return user !== null && kept !== null && userOfToken(kept) !== user;
}

/**
 * Goes on as whoever is signed in by now. By loading the page anew: nothing that it holds of the one before, be it shown, kept
 * or on its way, is for the next.
 */
function startOver(): void {
  access = null;
  window.location.reload();
}

/** Null while signed out: for what does not go through the client. */
export function accessToken(): string | null {
  return access;
}

function become(next: SessionStatus): void {
  if (status === next) return;
  const before = status;
  status = next;
  for (const listener of listeners) listener(before);
}

/**
 * Goes on with the session of an earlier load, if there is one. Where nobody can tell, it is kept for the next try. Whoever
 * asks meanwhile waits for the same answer.
 *
 * @throws ApiProblem where nobody can tell
 */
export function restoreSession(): Promise<void> {
  restoration ??= restore().finally(() => {
    restoration = null;
  });
  return restoration;
}

async function restore(): Promise<void> {
  for (let kept = keptRefresh.get(); kept !== null; kept = keptRefresh.get()) {
    const tokens = await refreshInTurn(kept, ask);
    if (tokens !== null) {
      client.setTokens(tokens);
      return;
    }
    // It has ended; another tab may have begun another one meanwhile.
    if (keptRefresh.get() === kept) keptRefresh.forget();
  }
  become('signed-out');
}

const ask: Refresh = async (refresh, signal) => {
  try {
    return await answered(client.POST('/api/auth/refresh/', { body: { refresh }, signal: signal ?? null }));
  } catch (thrown) {
    if (thrown instanceof ApiProblem && (thrown.status === 401 || thrown.status === 400)) return null;
    throw thrown;
  }
};

/** @param isForBrowser whether the session outlives this tab */
export function beginSession(tokens: Tokens, isForBrowser: boolean): void {
  if (tokens.refresh !== undefined) keptRefresh.begin(tokens.refresh, isForBrowser);
  // The client holds the tokens of the one before: what is under way would go on with the others.
  if (isAnothersNow()) startOver();
  else client.setTokens(tokens);
}

/** Ends it here and at the API; here even where the API cannot be reached. */
export async function endSession(): Promise<void> {
  const refresh = keptRefresh.get();
  try {
    if (refresh !== null && !isAnothersNow())
      await answered(client.POST('/api/auth/logout/', { body: { refresh } }));
  } finally {
    client.setTokens(null);
  }
}

export function sessionStatus(): SessionStatus {
  return status;
}

/** @param listener told what the status was before. @returns what ends the listening */
export function watchSession(listener: (before: SessionStatus) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Another tab signed in or out: this one follows.
keptRefresh.watch(() => {
  if (status === 'signed-in' && keptRefresh.get() === null) client.setTokens(null);
  else if (status === 'signed-out') void restoreSession().catch(() => {});
  else if (isAnothersNow()) startOver();
});
