import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Started } from '../../api/generation.ts';
import { openWishesKey } from '../../api/open-wishes.ts';
import { requestKey } from '../../api/request-key.ts';

/**
 * Asks for a dance, then leads to its progress, but nobody who has gone elsewhere meanwhile. Where there was no answer the same wish is asked for by the same key again:
 * no dance is made twice.
 *
 * @param ask asks the API, by a key
 */
export function useDance<Body>(ask: (body: Body, key: string) => Promise<Started>) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const asked = useRef({ text: '', key: '' });
  const dance = useMutation({
    mutationFn: (body: Body) => {
      const text = JSON.stringify(body);
      if (asked.current.text !== text) asked.current = { text, key: requestKey() };
      return ask(body, asked.current.key);
    },
    onSuccess: async ({ task_id: taskId, open_wishes: openWishes }) => {
      asked.current = { text: '', key: '' };
      if (openWishes !== undefined) queryClient.setQueryData(openWishesKey(taskId), openWishes);
      await queryClient.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  return {
    ...dance,
    mutate: (body: Body): void =>
      dance.mutate(body, {
        onSuccess: ({ task_id: taskId }) => void navigate({ to: '/progress/$taskId', params: { taskId } }),
      }),
  };
}
