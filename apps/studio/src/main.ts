import { keptRefresh } from './api/kept-refresh.ts';
import { restoreSession } from './api/session.ts';
import { ADDRESSES, type ViewName, viewAt } from './app/addresses.ts';
import { applyLook } from './app/look.ts';
import { VIEWS } from './app/views.ts';
import { preferredLanguage } from './words/language.ts';
import { loadWords } from './words/load-words.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/cover.css';

/** Said where there are no words yet, so in all languages. */
const NOT_LOADED = 'The page could not be loaded: reload it. · No se pudo cargar la página: recárgala.';

applyLook();
fetchFirstView();
// Not awaited: what is imported waits for this module, of which it has the session.
void begin();

/** All at once: each of them waits for the network, and none for another. */
async function begin(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element "root".');
  try {
    const [{ start }, words] = await Promise.all([import('./app/start.tsx'), loadWords(preferredLanguage())]);
    await start(root, words);
  } catch (thrown) {
    const text = Object.assign(document.createElement('p'), { role: 'alert', textContent: NOT_LOADED });
    root.replaceChildren(text);
    throw thrown;
  }
}

/** What the router asks for as soon as it is there, and gets then: the session, and the code of what will be shown. */
function fetchFirstView(): void {
  const isByLink = window.location.hash.startsWith('#link=');
  const isSignedIn = keptRefresh.get() !== null;
  // Whoever comes by a link may be somebody else. What fails here fails there once more, where it is said.
  if (isSignedIn && !isByLink) restoreSession().catch(() => {});
  const view = isByLink ? viewBehindLink() : viewHere(isSignedIn);
  if (view !== undefined) VIEWS[view]().catch(() => {});
}

/** Others are led to the door, but for what is open to everybody. */
function viewHere(isSignedIn: boolean): ViewName | undefined {
  const view = viewAt(window.location.pathname);
  return isSignedIn || view === 'resetPassword' ? view : 'signIn';
}

/** Where the link of `/sign-in?to=PATH#link=TOKEN` leads; one without a path leads to the first view. */
function viewBehindLink(): ViewName | undefined {
  const to = new URLSearchParams(window.location.search).get('to') ?? ADDRESSES.make;
  return viewAt(to.split(/[?#]/)[0] ?? to);
}
