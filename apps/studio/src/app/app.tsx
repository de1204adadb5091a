import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ShownWords } from '../words/load-words.ts';
import { WordsProvider } from '../words/words-provider.tsx';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';

/** @param props.words of the language that it begins with */
export function App({ words }: { readonly words: ShownWords }) {
  return (
    <WordsProvider initial={words}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </WordsProvider>
  );
}
