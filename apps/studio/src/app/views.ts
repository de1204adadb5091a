import { ApiProblem } from '../api/problem.ts';

/** The code of each view, which comes when it is wanted. Rejects with an {@link ApiProblem} where there is no answer. */
export const VIEWS = {
  signIn: () => reached(import('../views/sign-in/sign-in.tsx')),
  make: () => reached(import('../views/make/make.tsx')),
  progress: () => reached(import('../views/progress/progress.tsx')),
  practise: () => reached(import('../views/practise/practise.tsx')),
  keep: () => reached(import('../views/keep/keep.tsx')),
  plans: () => reached(import('../views/plans/plans.tsx')),
  plan: () => reached(import('../views/plans/plan.tsx')),
  account: () => reached(import('../views/account/account.tsx')),
} as const;

/** Where the page itself is served, but not its files any more, it is another version by now: the router loads that anew. */
async function reached<View>(code: Promise<View>): Promise<View> {
  try {
    return await code;
  } catch (cause) {
    const isServed = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isServed) throw cause;
    throw new ApiProblem({ status: 0, code: 'OFFLINE', message: 'There was no answer.', cause });
  }
}

const PATHS: readonly (readonly [path: RegExp, view: keyof typeof VIEWS])[] = [
  [/^\/$/, 'make'],
  [/^\/progress\//, 'progress'],
  [/^\/dance\//, 'practise'],
  [/^\/collection\/?$/, 'keep'],
  [/^\/plans\/?$/, 'plans'],
  [/^\/plans\/./, 'plan'],
  [/^\/account\/?$/, 'account'],
  [/^\/sign-in\/?$/, 'signIn'],
];

/** What an address shows to whoever is signed in, as soon as that can be told: the router is not there yet. */
export function viewAt(pathname: string): keyof typeof VIEWS | undefined {
  return PATHS.find(([path]) => path.test(pathname))?.[1];
}
