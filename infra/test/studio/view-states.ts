import { createLoginLink } from '@bachata-buddy/database';
import type { Locator, Page, Route } from 'playwright-core';
import type { Test } from 'tap';
import { USERNAME } from './ana.ts';
import { violationsInBothLooks } from './axe-violations.ts';
import { closeTab } from './close-tab.ts';
import {
  ACCOUNT_ACTS,
  CLASSES_ACTS,
  classActs,
  collectionActs,
  type DialogAct,
  failInDialogs,
  SONG_ACTS,
  TROUBLE,
} from './dialog-states.ts';
import { heading } from './journey.ts';
import type { OpenStudio } from './open-studio.ts';
import { withoutComplaints } from './without-complaints.ts';

/** A view, and what is to be seen of it. */
interface Walked {
  /** Where the address alone does not tell it. */
  readonly name?: string;
  readonly path: string;
  /** Comes to it from what is there at its address. Default: it is that. */
  readonly show?: (page: Page) => Promise<void>;
  /** What is done in its dialogs. */
  readonly acts?: readonly DialogAct[];
  /** What it asks the API for, without which it has nothing to show. */
  readonly asks: RegExp;
  /** What is there once it is answered. */
  readonly content: (page: Page) => Locator;
  /** An answer with nothing in it, and what is said then. */
  readonly empty: {
    readonly json: unknown;
    readonly status?: number;
    readonly headers?: Record<string, string>;
    readonly text: string;
  };
}

const NO_ITEMS = { count: 0, next: null, previous: null, results: [] };
const GONE: Walked['empty'] = {
  status: 404,
  json: { detail: 'Not found.' },
  headers: { 'x-error-code': 'NOT_FOUND' },
  text: 'It is not there any more',
};
const LINK_VALID_SEC = 60;
const NO_ANSWER = /There is no connection to the studio/;
/** What a browser says of answers that are kept from it here. */
const BROKEN_ON_PURPOSE = /Failed to load resource/;
/** The same, what React says of a view that has no code, and axe of styles that it cannot read. */
const CODE_KEPT_AWAY = /Failed to load resource|Failed to fetch|load preload assets|did not come/;

interface Made {
  readonly danceId: string;
  readonly planId: string;
  /** A file that can be played. */
  readonly video: string;
}

function viewsToWalk({ danceId, planId, video }: Made): Walked[] {
  return [
    {
      path: '/',
      asks: /\/api\/choreography\/songs\/\?/,
      content: (page) => page.getByText('Pulso', { exact: true }),
      empty: { json: NO_ITEMS, text: 'There is no song here yet' },
      acts: SONG_ACTS,
    },
    {
      path: '/collection',
      asks: /\/api\/collections\/\?/,
      content: (page) => page.getByRole('heading', { level: 2, name: 'Mi clase' }),
      empty: { json: NO_ITEMS, text: 'Nothing kept yet' },
      acts: collectionActs('Mi clase', video),
    },
    {
      name: 'all that was made',
      path: '/collection',
      show: (page) => page.getByRole('tab', { name: 'All I have made' }).click(),
      asks: /\/api\/choreography\/tasks\/\?/,
      content: (page) => page.getByRole('link', { name: 'Dance', exact: true }),
      empty: { json: NO_ITEMS, text: 'You have not had a dance made yet' },
    },
    {
      path: '/plans',
      asks: /\/api\/instructors\/class-plans\/\?/,
      content: (page) => page.getByRole('link', { name: 'Martes' }),
      empty: { json: NO_ITEMS, text: 'No class yet' },
      acts: CLASSES_ACTS,
    },
    {
      path: `/plans/${planId}`,
      asks: /\/api\/instructors\/class-plans\/[0-9a-f-]{36}\//,
      content: (page) => heading(page, 'Martes'),
      empty: GONE,
      acts: classActs('Mi clase'),
    },
    {
      path: '/account',
      asks: /\/api\/auth\/preferences\//,
      content: (page) => page.locator('form').filter({ hasText: 'Usual level' }),
      empty: { json: {}, text: 'How you dance' },
      acts: ACCOUNT_ACTS,
    },
    {
      path: `/dance/${danceId}`,
      asks: /\/api\/choreography\/tasks\/[0-9a-f-]{36}\/$/,
      content: (page) => page.getByTestId('play'),
      empty: GONE,
    },
    {
      path: `/progress/${danceId}`,
      asks: /\/api\/choreography\/tasks\/[0-9a-f-]{36}\/$/,
      // It leads there.
      content: (page) => page.getByTestId('play'),
      empty: GONE,
    },
  ];
}

/** Every view while it waits, with nothing to show, where the service is in trouble, and without a network. */
export async function walkStates(t: Test, studio: OpenStudio, made: Made): Promise<void> {
  for (const view of viewsToWalk(made)) {
    const { path, name = path, acts = [] } = view;
    await t.test(name, (t) =>
      withoutComplaints(studio, BROKEN_ON_PURPOSE, async () => {
        const page = await studio.newTab();
        await waitAndFail(t, page, studio.system.origin, view);
        await failInDialogs(t, page, acts);
        if (view.empty !== GONE) await showNothing(t, page, studio.system.origin, view);
        await closeTab(page);
      }),
    );
  }
  await t.test('/sign-in', (t) =>
    withoutComplaints(studio, BROKEN_ON_PURPOSE, () => signInInVain(t, studio)),
  );
  await t.test('without a network', (t) =>
    withoutComplaints(studio, CODE_KEPT_AWAY, () => goOffline(t, studio)),
  );
  await t.test('a page whose code does not come says so', (t) =>
    withoutComplaints(studio, CODE_KEPT_AWAY, () => loadInVain(t, studio)),
  );
}

/** Slow first, then in trouble; then it is tried again. What is gone is so at first, and is there the next time. */
async function waitAndFail(t: Test, page: Page, origin: string, view: Walked): Promise<void> {
  const fail = (route: Route): Promise<void> => route.fulfill({ status: 500, json: {} });
  const held: Route[] = [];
  let answer = async (route: Route): Promise<void> => void held.push(route);
  await page.route(view.asks, (route) => answer(route));
  await page.goto(origin + view.path);
  await heading(page, /./).waitFor();
  await view.show?.(page);
  await page.locator('main [role=status] > span').first().waitFor();
  t.equal(await page.getByRole('alert').count(), 0, 'it waits');
  answer = fail;
  for (const route of held) await fail(route);
  await page.getByRole('alert').getByText(TROUBLE).first().waitFor();
  t.strictSame(await violationsInBothLooks(page), [], 'what went wrong is said to everybody');
  const again = page.getByRole('button', { name: 'Try again' }).first();
  if (view.empty === GONE) {
    answer = answerOf(view.empty);
    await again.click();
    await lookAtNothing(t, page, view.empty);
  }
  await page.unroute(view.asks);
  await again.click();
  await view.content(page).first().waitFor();
  // Wherever it was said.
  await page.getByRole('alert').first().waitFor({ state: 'detached' });
  t.equal(await page.getByRole('alert').count(), 0, 'and once it is answered it is over');
}

function answerOf({ text: _text, ...answer }: Walked['empty']) {
  return (route: Route): Promise<void> => route.fulfill({ status: 200, ...answer });
}

async function lookAtNothing(t: Test, page: Page, { text }: Walked['empty']): Promise<void> {
  await page.getByText(text).first().waitFor();
  t.strictSame(await violationsInBothLooks(page), [], 'with nothing to show');
}

/** What has been answered is not asked for again soon: it takes another load. */
async function showNothing(t: Test, page: Page, origin: string, { path, show, asks, empty }: Walked) {
  await page.route(asks, answerOf(empty));
  await page.goto(origin + path);
  await heading(page, /./).waitFor();
  await show?.(page);
  await lookAtNothing(t, page, empty);
  await page.unroute(asks);
}

async function signInInVain(t: Test, { newVisitor, system }: OpenStudio): Promise<void> {
  const page = await newVisitor();
  await page.goto(system.origin);
  await page.getByLabel('User name').fill('ana');
  await page.getByLabel('Password').fill('una-noche-larga');
  await page.route('**/api/auth/login/', (route) => route.fulfill({ status: 500, json: {} }));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText(TROUBLE).waitFor();
  t.strictSame(await violationsInBothLooks(page), []);
  await page.context().close();
}

/** What was fetched already is there; what was not says so, and comes when there is a network again. */
async function goOffline(t: Test, { newVisitor, system }: OpenStudio): Promise<void> {
  const page = await newVisitor();
  const token = await createLoginLink(system.db, USERNAME, LINK_VALID_SEC);
  await page.goto(`${system.origin}/sign-in#link=${token}`);
  await page.getByText('Pulso', { exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline').waitFor();
  t.ok(await page.getByText('Pulso', { exact: true }).isVisible(), 'what is shown stays');
  await page.getByRole('link', { name: 'Collection' }).click();
  await page.getByRole('alert').getByText(NO_ANSWER).waitFor();
  t.strictSame(await violationsInBothLooks(page), []);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await heading(page, 'Your collection').waitFor();
  await page.getByRole('heading', { level: 2, name: 'Mi clase' }).waitFor();

  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Make', exact: true }).click();
  await page.getByText('Pulso', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Say it in words' }).click();
  await page.getByLabel('What do you feel like?').fill('A calm bachata for beginners');
  await page.getByRole('button', { name: 'What do you understand?' }).click();
  await page.getByRole('alert').getByText(NO_ANSWER).waitFor();
  t.equal(
    await page.getByLabel('What do you feel like?').inputValue(),
    'A calm bachata for beginners',
    'nothing that was entered is lost',
  );
  await page.context().close();
}

async function loadInVain(t: Test, { newVisitor, system }: OpenStudio): Promise<void> {
  const page = await newVisitor();
  await page.route('**/assets/frame-*.js', (route) => route.abort());
  await page.goto(system.origin);
  t.match(await page.getByRole('alert').textContent(), /reload it.*recárgala/);
  await page.context().close();
}
