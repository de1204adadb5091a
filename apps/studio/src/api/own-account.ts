import type { components } from '@bachata-buddy/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered } from './problem.ts';
import { client } from './session.ts';

export type Preferences = components['schemas']['Preferences'];
export type Session = components['schemas']['Session'];

interface Profile {
  readonly display_name: string;
  readonly email: string;
}

/** @throws ApiProblem */
export function saveProfile(body: Profile) {
  return answered(client.PUT('/api/auth/profile/', { body }));
}

export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: ({ signal }) => answered(client.GET('/api/auth/preferences/', { signal })),
});

/** @throws ApiProblem */
export function savePreferences(body: Preferences) {
  return answered(client.PUT('/api/auth/preferences/', { body }));
}

interface PasswordChange {
  readonly current_password: string;
  readonly new_password: string;
}

/** Sets another password, which ends all other sessions. @throws ApiProblem */
export async function changePassword(body: PasswordChange): Promise<void> {
  client.setTokens(await answered(client.POST('/api/auth/password/', { body })));
}

/** @param page from 1 */
export const sessionsQuery = (page: number) =>
  queryOptions({
    queryKey: ['sessions', page],
    queryFn: ({ signal }) =>
      answered(client.GET('/api/auth/sessions/', { params: { query: { page: String(page) } }, signal })),
    placeholderData: keepPreviousData,
  });

/** @throws ApiProblem */
export function endOneSession(id: string) {
  return answered(
    client.DELETE('/api/auth/sessions/{session_id}/', { params: { path: { session_id: id } } }),
  );
}

/** @throws ApiProblem */
export function endOtherSessions() {
  return answered(client.DELETE('/api/auth/sessions/', { params: { query: { keep_current: 'true' } } }));
}

/** All that is the user's own, as one JSON file. @throws ApiProblem */
export async function exportAccount(): Promise<Blob> {
  const own = await answered(client.GET('/api/auth/export/'));
  return new Blob([JSON.stringify(own, null, 2)], { type: 'application/json' });
}

/** Removes the account and all that is its own, and ends the session. @throws ApiProblem */
export async function deleteAccount(password: string): Promise<void> {
  await answered(client.POST('/api/auth/delete-account/', { body: { password } }));
  client.setTokens(null);
}
