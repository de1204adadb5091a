import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { logInByLink, profileQuery } from '../api/account.ts';
import { moveFamiliesQuery } from '../api/moves.ts';
import { preferencesQuery } from '../api/own-account.ts';
import { ApiProblem } from '../api/problem.ts';
import { restoreSession, sessionStatus, watchSession } from '../api/session.ts';
import { FIRST_SONGS, songsQuery } from '../api/songs.ts';
import { ADDRESSES } from './addresses.ts';
import { NotFound } from './not-found.tsx';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';
import { ViewError } from './view-error.tsx';
import { ViewPending } from './view-pending.tsx';
import { VIEWS } from './views.ts';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });

/** Where somebody wanted to go who has to sign in first: a path of this page, and nothing else. */
function pathOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined;
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: ADDRESSES.signIn,
  validateSearch: (search: Record<string, unknown>): { to?: string; problem?: 'link' } => {
    const to = pathOf(search.to);
    return { ...(to === undefined ? {} : { to }), ...(search.problem === 'link' ? { problem: 'link' } : {}) };
  },
  beforeLoad: async ({ location, search }) => {
    const token = /^link=([\w-]+)$/.exec(location.hash)?.[1];
    if (token !== undefined) await signInByLink(token);
    if (sessionStatus() === 'restoring') await restoreSession();
    if (sessionStatus() === 'signed-in') throw redirect({ href: search.to ?? '/', replace: true });
  },
  component: lazyRouteComponent(VIEWS.signIn, 'SignIn'),
});

/** For whoever has a link, signed in or not. */
const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: ADDRESSES.resetPassword,
  component: lazyRouteComponent(VIEWS.resetPassword, 'ResetPassword'),
});

/** Where a link is used up, whoever is signed in already stays so; others see the view, and may sign in otherwise. */
async function signInByLink(token: string): Promise<void> {
  try {
    await logInByLink(token);
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem)) throw thrown;
    await restoreSession();
    if (sessionStatus() === 'signed-out')
      throw redirect({ to: '/sign-in', search: { problem: 'link' }, replace: true });
  }
}

/** What is inside is for whoever is signed in. */
const memberRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'member',
  beforeLoad: async ({ location }) => {
    if (sessionStatus() === 'restoring') await restoreSession();
    if (sessionStatus() === 'signed-out') throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
  loader: () => void queryClient.prefetchQuery(profileQuery),
  component: Outlet,
});

const makeRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: ADDRESSES.make,
  // While the code of the view is on its way: what comes before it is drawn is drawn with it.
  loader: () => {
    void queryClient.prefetchQuery(songsQuery(FIRST_SONGS));
    void queryClient.prefetchQuery(preferencesQuery);
    void queryClient.prefetchQuery(moveFamiliesQuery);
  },
  component: lazyRouteComponent(VIEWS.make, 'Make'),
});

const danceRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: ADDRESSES.practise,
  component: lazyRouteComponent(VIEWS.practise, 'Practise'),
});

const collectionRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: ADDRESSES.keep,
  component: lazyRouteComponent(VIEWS.keep, 'Keep'),
});

const plansRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: ADDRESSES.plans,
  component: lazyRouteComponent(VIEWS.plans, 'Plans'),
});

const planRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: ADDRESSES.plan,
  component: lazyRouteComponent(VIEWS.plan, 'Plan'),
});

const accountRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: ADDRESSES.account,
  component: lazyRouteComponent(VIEWS.account, 'Account'),
});

const progressRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: ADDRESSES.progress,
  component: lazyRouteComponent(VIEWS.progress, 'Progress'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  resetPasswordRoute,
  memberRoute.addChildren([
    makeRoute,
    progressRoute,
    danceRoute,
    collectionRoute,
    plansRoute,
    planRoute,
    accountRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: ViewError,
  defaultPendingComponent: ViewPending,
  scrollRestoration: true,
});

// A session that ends, here or in another tab, leads to the door; one that begins in another tab leads on from there.
watchSession((before) => {
  if (before !== 'restoring') void router.invalidate();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
