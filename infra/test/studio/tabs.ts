import { createLoginLink } from '@bachata-buddy/database';
import type { Page, Route } from 'playwright-core';
import type { Test } from 'tap';
import { registerUser } from '../../dev/system/api-user.ts';
import { heading } from './journey.ts';
import type { OpenStudio } from './open-studio.ts';
import { withoutComplaints } from './without-complaints.ts';

const COLLECTION = /\/api\/collections\/\?/;
const REFRESH = /\/api\/auth\/refresh\/$/;
const PASSWORD = 'una-noche-muy-larga';
const LINK_VALID_SEC = 60;

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
    await refuseOnce(second);
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

/** Has the page renew its access token with the next look at the collection. */
function refuseOnce(page: Page): Promise<unknown> {
  return page.route(COLLECTION, (route) => route.fulfill({ status: 401, json: {} }), { times: 1 });
}

/** Two users of one browser: a tab is never one and then, unsaid, the other. */
export async function keepUsersApart(t: Test, studio: OpenStudio): Promise<void> {
  const { origin } = studio.system;
  for (const username of ['eva', 'leo']) await registerUser(origin, username, PASSWORD);
  await t.test('a tab begins anew as whoever has signed in to the browser elsewhere', (t) =>
    followAnother(t, studio),
  );
  await t.test('nothing that one asked for is asked again as the other', (t) =>
    withoutComplaints(studio, /401/, () => renewAsAnother(t, studio)),
  );
  await t.test('a session of a tab leaves the session of the browser alone', (t) =>
    withoutComplaints(studio, /401/, () => keepTabApart(t, studio)),
  );
  await t.test('who signs out while a tab comes back stays signed out', (t) => signOutMeanwhile(t, studio));
}

const account = (page: Page, name: string) => page.getByRole('button', { name: `Account of ${name}` });

/** A first tab of a browser in which somebody stays signed in. */
async function newTabOf({ newVisitor, system }: OpenStudio, username: string): Promise<Page> {
  const page = await newVisitor();
  await page.goto(system.origin);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel(/^Stay signed in/).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await account(page, username).waitFor();
  return page;
}

/** As another tab does that somebody signs in in; the tab that it is run in is told of nothing. */
async function signInElsewhere({ system }: OpenStudio, page: Page, username: string): Promise<void> {
  const answer = await fetch(`${system.origin}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  const { refresh } = (await answer.json()) as { refresh: string };
  await page.evaluate((token) => localStorage.setItem('studio.refresh', token), refresh);
}

const kept = (page: Page, storage: 'localStorage' | 'sessionStorage'): Promise<string | null> =>
  page.evaluate((name) => window[name].getItem('studio.refresh'), storage);

async function followAnother(t: Test, studio: OpenStudio): Promise<void> {
  const page = await newTabOf(studio, 'eva');
  const other = await page.context().newPage();
  await other.goto(`${studio.system.origin}/account`);
  await account(other, 'eva').waitFor();
  await signInElsewhere(studio, other, 'leo');
  await account(page, 'leo').waitFor();
  t.equal(await account(page, 'eva').count(), 0);
  await page.context().close();
}

async function renewAsAnother(t: Test, studio: OpenStudio): Promise<void> {
  const page = await newTabOf(studio, 'eva');
  await signInElsewhere(studio, page, 'leo');
  await refuseOnce(page);
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) seen.push('load');
    if (COLLECTION.test(request.url())) seen.push('collection');
  });
  await page.getByRole('link', { name: 'Collection' }).click();
  await account(page, 'leo').waitFor();
  await heading(page, 'Your collection').waitFor();
  t.strictSame(seen.slice(0, 2), ['collection', 'load'], 'the page is loaded before it asks again');
  await page.context().close();
}

async function keepTabApart(t: Test, studio: OpenStudio): Promise<void> {
  const page = await newTabOf(studio, 'eva');
  const ofBrowser = await kept(page, 'localStorage');
  const tab = await page.context().newPage();
  const token = await createLoginLink(studio.system.db, 'leo', LINK_VALID_SEC);
  await tab.goto(`${studio.system.origin}/sign-in#link=${token}`);
  await account(tab, 'leo').waitFor();
  const ofTab = await kept(tab, 'sessionStorage');
  await refuseOnce(tab);
  await tab.getByRole('link', { name: 'Collection' }).click();
  // Until it is renewed.
  await tab.waitForFunction((before) => sessionStorage.getItem('studio.refresh') !== before, ofTab);
  await account(tab, 'leo').waitFor();
  t.equal(await kept(tab, 'localStorage'), ofBrowser);
  await account(tab, 'leo').click();
  await tab.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading(tab, 'Come in').waitFor();
  t.equal(await kept(tab, 'localStorage'), ofBrowser);
  await page.reload();
  await account(page, 'eva').waitFor();
  await page.context().close();
}

async function signOutMeanwhile(t: Test, studio: OpenStudio): Promise<void> {
  const page = await newTabOf(studio, 'eva');
  const tab = await page.context().newPage();
  const held = new Promise<Route>((resolve) => void tab.route(REFRESH, resolve));
  await tab.goto(studio.system.origin);
  const refresh = await held;
  await account(page, 'eva').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading(page, 'Come in').waitFor();
  await refresh.fulfill({ json: { access: 'of.eva.too-late' } });
  await heading(tab, 'Come in').waitFor();
  t.equal(await kept(tab, 'localStorage'), null);
  await page.context().close();
}
