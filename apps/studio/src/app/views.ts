import { ApiProblem } from '../api/problem.ts';
import type { ViewName } from './addresses.ts';

/** The code of each view, which comes when it is wanted. Rejects with an {@link ApiProblem} where there is no answer. */
export const VIEWS = {
  signIn: () => reached(() => import('../views/sign-in/sign-in.tsx')),
  resetPassword: () => reached(() => import('../views/reset-password/reset-password.tsx')),
  make: () => reached(() => import('../views/make/make.tsx')),
  progress: () => reached(() => import('../views/progress/progress.tsx')),
  practise: () => reached(() => import('../views/practise/practise.tsx')),
  keep: () => reached(() => import('../views/keep/keep.tsx')),
  plans: () => reached(() => import('../views/plans/plans.tsx')),
  plan: () => reached(() => import('../views/plans/plan.tsx')),
  account: () => reached(() => import('../views/account/account.tsx')),
} as const satisfies Readonly<Record<ViewName, unknown>>;

/** So many times a service that is busy is asked again, and after so long. */
const TRIES = 3;
const PAUSE_MS = 1_000;

/** Where the page itself is served, but not its files any more, it is another version by now: the router loads that anew. */
async function reached<View>(load: () => Promise<View>): Promise<View> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch (cause) {
      const page = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } }).catch(
        () => null,
      );
      const message = 'The code of a view did not come.';
      if (page === null) throw new ApiProblem({ status: 0, code: 'OFFLINE', message, cause });
      if (tries === TRIES && page.ok) throw cause;
      if (tries === TRIES)
        throw new ApiProblem({ status: page.status, code: 'SERVICE_BUSY', message, cause });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
