import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem.ts';
import { sessionStatus, watchSession } from '../api/session.ts';

const TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    // Without a network nothing is put off in silence: it fails, says so, and is asked for again when there is one.
    queries: { networkMode: 'always', staleTime: 30_000, retry: mayPass },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** A refusal stays one; what has no answer, or an answer about the service's own trouble, may be another the next time. */
function mayPass(failures: number, thrown: Error): boolean {
  return failures < TRIES && thrown instanceof ApiProblem && (thrown.status === 0 || thrown.status >= 502);
}

// What one user has seen is not for the next.
watchSession(() => {
  if (sessionStatus() === 'signed-out') queryClient.clear();
});
