import { hasCode } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { HttpAnswer } from './http-answer.ts';

/**
 * Whether a video is in storage. An absent one counts only where the place it would be in is sure to be there: one
 * unmounted holds none either.
 *
 * @throws AppError `STORAGE_FAILED`, `STORAGE_REFUSED`
 */
export async function hasVideo(store: ObjectStore, key: string): Promise<boolean> {
  if ((await store.stat(key)) !== null) return true;
  await store.assertReachable(key);
  return false;
}

/** To be told where storage was asked in vain; throws on whatever else it is given. */
export function refuseWhereUnreachable(error: string): (thrown: unknown) => never {
  return (thrown) => {
    if (!hasCode(thrown, 'STORAGE_FAILED', 'STORAGE_REFUSED')) throw thrown;
    throw new HttpAnswer({ code: 'SERVICE_UNAVAILABLE', body: { error }, cause: thrown });
  };
}
