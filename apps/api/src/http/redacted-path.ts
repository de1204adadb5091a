import { MEDIA_PATH, UPLOAD_PREFIX } from '@bachata-buddy/vocabulary';
import { SIGNED_PREFIX } from '../signed-media.ts';

/** Whoever knows the address of an upload, or of a signed file, may see it: a log is no place for it. */
const CAPABILITY = new RegExp(`^(${MEDIA_PATH}(?:${UPLOAD_PREFIX}|${SIGNED_PREFIX})).+$`);

/** The path of an address without its query, and without what nobody but its owner may know. */
export function redactedPath(url: string): string {
  const [path = ''] = url.split('?');
  return path.replace(CAPABILITY, '$1[redacted]');
}
