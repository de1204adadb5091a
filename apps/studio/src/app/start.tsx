import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import type { ShownWords } from '../words/load-words.ts';
import { App } from './app.tsx';
import { router } from './router.tsx';

/** Puts the page in the place of the cover, once its first view is known and there. */
export async function start(root: HTMLElement, words: ShownWords): Promise<void> {
  await router.load();
  // A transition gives the browser its turns meanwhile.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App words={words} />
      </StrictMode>,
    ),
  );
}
