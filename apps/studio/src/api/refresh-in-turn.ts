import type { Refresh, Tokens } from '@bachata-buddy/client';
import { keptRefresh } from './kept-refresh.ts';
import { userOfToken } from './user-of-token.ts';

/** Of the lock, and of what tabs tell each other. */
const NAME = 'studio.session';
/** All tabs wait for the one that asks: no longer than that, whatever becomes of its request. */
const MOST_WAIT_MS = 15_000;

/** Tells other tabs what has taken the place of a refresh token: tabs that are copies of one another hold the same. */
interface Replacement {
  readonly replaced: string;
  readonly by: string;
}

const otherTabs = new BroadcastChannel(NAME);
otherTabs.onmessage = ({ data }: MessageEvent<Replacement>) => {
  if (keptRefresh.get() === data.replaced) keptRefresh.replace(data.by);
};

/**
 * Asks for new tokens while no other tab of this browser does, with the newest refresh token that any of them got: where the
 * API replaces it with each refresh, an older one would end the session of all. Never with another user's.
 *
 * @param own of the session that is to go on
 * @returns null where it has ended, here or in another tab; also where another user has taken its place
 */
export function refreshInTurn(own: string, ask: Refresh): Promise<Tokens | null> {
  const user = userOfToken(own);
  return inTurn(async () => {
    const newest = keptRefresh.get();
    if (newest === null || userOfToken(newest) !== user) return null;
    const tokens = await ask(newest, AbortSignal.timeout(MOST_WAIT_MS));
    // Who signs out meanwhile stays signed out, whoever signs in then.
    const present = keptRefresh.get();
    if (present === null || userOfToken(present) !== user) return null;
    if (tokens?.refresh !== undefined && tokens.refresh !== newest && present === newest) {
      keptRefresh.replace(tokens.refresh);
      otherTabs.postMessage({ replaced: newest, by: tokens.refresh } satisfies Replacement);
    }
    return tokens;
  });
}

/** Browsers lock on secure pages alone; elsewhere the API's patience with tabs that ask at the same time has to do. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? navigator.locks.request(NAME, work) : work();
}
