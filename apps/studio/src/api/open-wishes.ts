import { useQuery } from '@tanstack/react-query';
import type { OpenWish } from './generation.ts';

/** Under it, what a dance does not meet is kept for the views that follow: the API says it once. */
export function openWishesKey(taskId: string) {
  return ['open-wishes', taskId] as const;
}

/** What a dance that was asked for since the page was loaded does not meet. */
export function useOpenWishes(taskId: string): readonly OpenWish[] {
  const { data } = useQuery<readonly OpenWish[]>({
    queryKey: openWishesKey(taskId),
    queryFn: () => [],
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data ?? [];
}
