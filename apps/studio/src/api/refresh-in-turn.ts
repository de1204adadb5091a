import type { Refresh, Tokens } from '@bachata-buddy/client';
import { keptRefresh } from './kept-refresh.ts';

/** Of the lock, and of what tabs tell each other. */
const NAME = 'studio.session';

/** Tells other tabs what has taken the place of a refresh token: tabs that are copies of one another hold the same. */
interface Replacement {
  readonly replaced: string;
  readonly by: string;
}

const otherTabs = new BroadcastChannel(NAME);
otherTabs.onmessage = ({ data }: MessageEvent<Replacement>) => {
  if (keptRefresh.get() === data.replaced) keptRefresh.set(data.by);
};

/**
 * Asks for new tokens while no other tab of this browser does, with the newest refresh token that any of them got: where the
 * API replaces it with each refresh, an older one would end the session of all.
 *
 * @returns null where the session has ended, here or in another tab
 */
export function refreshInTurn(_own: string, ask: Refresh): Promise<Tokens | null> {
  return inTurn(async () => {
    const newest = keptRefresh.get();
    if (newest === null) return null;
    const tokens = await ask(newest);
    // Who signs out meanwhile stays signed out.
    const isReplaced = tokens?.refresh !== undefined && tokens.refresh !== newest;
    if (isReplaced && keptRefresh.get() === newest) {
      keptRefresh.set(tokens.refresh);
      otherTabs.postMessage({ replaced: newest, by: tokens.refresh } satisfies Replacement);
    }
    return tokens;
  });
}

/** Browsers lock on secure pages alone; elsewhere the API's patience with tabs that ask at the same time has to do. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? navigator.locks.request(NAME, work) : work();
}
