import type { Test } from 'tap';
import { heading } from './journey.ts';
import type { OpenStudio } from './open-studio.ts';
import { withoutComplaints } from './without-complaints.ts';

const COLLECTION = /\/api\/collections\/\?/;

/**
 * Two tabs of one login, where each refresh ends the token before it, and to use one twice ends the login: what one tab has
 * renewed the other goes on with.
 */
export async function shareSession(t: Test, studio: OpenStudio): Promise<void> {
  const { system } = studio;
  const [first, second] = [await studio.newTab(), await studio.newTab()];
  for (const tab of [first, second]) {
    await tab.goto(`${system.origin}/account`);
    await heading(tab, /./).waitFor();
  }
  // The first one has the newest token; the second one's was replaced long ago.
  await first.reload();
  await heading(first, /./).waitFor();
  await system.db.pool.query(`update refresh_sessions set revoked_at = revoked_at - interval '1 hour'`);
  await withoutComplaints(studio, /401/, async () => {
    await second.route(COLLECTION, (route) => route.fulfill({ status: 401, json: {} }), { times: 1 });
    const renewed = second.waitForResponse((response) => response.url().endsWith('/api/auth/refresh/'));
    await second.getByRole('link', { name: 'Collection' }).click();
    t.ok((await renewed).ok(), 'the second tab renews it once more');
    await heading(second, 'Your collection').waitFor();
  });
  await first.reload();
  await heading(first, /./).waitFor();
  t.equal(new URL(first.url()).pathname, '/account', 'nobody was signed out');
  await first.close();
  await second.close();
}
