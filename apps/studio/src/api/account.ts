import { queryOptions, useQuery } from '@tanstack/react-query';
import { answered } from './problem.ts';
import { beginSession, client } from './session.ts';

export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: ({ signal }) => answered(client.GET('/api/auth/profile/', { signal })),
});

/** Who is signed in. */
export function useProfile() {
  return useQuery(profileQuery);
}

interface Stay {
  /** Whether the session outlives this tab. */
  readonly isForBrowser: boolean;
}

interface Login extends Stay {
  readonly username: string;
  readonly password: string;
}

/** Begins a session. @throws ApiProblem */
export async function logIn({ isForBrowser, ...body }: Login): Promise<void> {
  beginSession(await answered(client.POST('/api/auth/login/', { body })), isForBrowser);
}

/** Begins a session by a one-time link's token. @throws ApiProblem */
export async function logInByLink(token: string): Promise<void> {
  beginSession(await answered(client.POST('/api/auth/login/link/', { body: { token } })), false);
}

/** Sets another password by a one-time link's token, and ends all sessions of the account. @throws ApiProblem */
export async function resetPassword(body: {
  readonly token: string;
  readonly new_password: string;
}): Promise<void> {
  await answered(client.POST('/api/auth/password/reset/', { body }));
}

interface Registration extends Login {
  readonly password2: string;
  readonly email: string;
  readonly display_name: string;
}

/** Makes an account and begins its first session. @throws ApiProblem */
export async function register({ isForBrowser, ...fields }: Registration): Promise<void> {
  const { email, ...required } = fields;
  const body = email === '' ? required : fields;
  beginSession(await answered(client.POST('/api/auth/register/', { body })), isForBrowser);
}
