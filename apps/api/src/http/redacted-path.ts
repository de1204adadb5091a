import { MEDIA_PATH, UPLOAD_PREFIX } from '@bachata-buddy/vocabulary';

/** Whoever knows the address of an upload may see it: a log is no place for it. */
const CAPABILITY = new RegExp(`^(${MEDIA_PATH}${UPLOAD_PREFIX}).+$`);

/** The path of an address without its query, and without what nobody but its owner may know. */
export function redactedPath(url: string): string {
  const [path = ''] = url.split('?');
  return path.replace(CAPABILITY, '$1[redacted]');
}
