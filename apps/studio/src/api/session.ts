import { type components, makeClient, type Tokens } from '@bachata-buddy/client';
import { useSyncExternalStore } from 'react';
import { keptRefresh } from './kept-refresh.ts';
import { ApiProblem, answered } from './problem.ts';
import { refreshInTurn } from './refresh-in-turn.ts';

export type User = components['schemas']['User'];

/** `restoring` until it is known whether the session of an earlier load still holds. */
export type SessionStatus = 'restoring' | 'signed-out' | 'signed-in';

let status: SessionStatus = 'restoring';
let access: string | null = null;
const listeners = new Set<() => void>();

/** Speaks to the API that served this page; renews access tokens by itself. */
export const client = makeClient({ baseUrl: window.location.origin, onTokens: keep, refreshInTurn });

function keep(tokens: Tokens | null): void {
  access = tokens?.access ?? null;
  if (tokens === null) keptRefresh.forget();
  else if (tokens.refresh !== undefined) keptRefresh.set(tokens.refresh);
  become(tokens === null ? 'signed-out' : 'signed-in');
}

/** Null while signed out: for what does not go through the client. */
export function accessToken(): string | null {
  return access;
}

function become(next: SessionStatus): void {
  if (status === next) return;
  status = next;
  for (const listener of listeners) listener();
}

/** Goes on with the session of an earlier load, if there is one. Where nobody can tell, it is kept for the next try. */
export async function restoreSession(): Promise<void> {
  const kept = keptRefresh.get();
  if (kept === null) return become('signed-out');
  try {
    const ask = (refresh: string) => answered(client.POST('/api/auth/refresh/', { body: { refresh } }));
    client.setTokens(await refreshInTurn(kept, ask));
  } catch (thrown) {
    if (thrown instanceof ApiProblem && (thrown.status === 401 || thrown.status === 400))
      client.setTokens(null);
    else throw thrown;
  }
}

/** @param isForBrowser whether the session outlives this tab */
export function beginSession(tokens: Tokens, isForBrowser: boolean): void {
  if (tokens.refresh !== undefined) keptRefresh.set(tokens.refresh, isForBrowser);
  client.setTokens(tokens);
}

/** Ends it here and at the API; here even where the API cannot be reached. */
export async function endSession(): Promise<void> {
  const refresh = keptRefresh.get();
  try {
    if (refresh !== null) await answered(client.POST('/api/auth/logout/', { body: { refresh } }));
  } finally {
    client.setTokens(null);
  }
}

export function sessionStatus(): SessionStatus {
  return status;
}

/** @returns what ends the listening */
export function watchSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSessionStatus(): SessionStatus {
  return useSyncExternalStore(watchSession, sessionStatus);
}

// Another tab signed in or out: this one follows.
keptRefresh.watch((refresh) => {
  if (refresh === null) client.setTokens(null);
  else if (status === 'signed-out') void restoreSession().catch(() => become('signed-out'));
});
