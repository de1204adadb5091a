import { type Database, findVideoNames } from '@bachata-buddy/database';
import type { FastifyRequest } from 'fastify';
import { attachmentOf } from '../http/download-name.ts';
import { isTrue } from '../http/query-string.ts';

/**
 * What a video is called that `?download=1` asks for as a file; undefined where it is to be played. The title that its
 * owner gave it is for them alone.
 */
export async function attachmentFor(
  database: Database,
  request: FastifyRequest,
  key: string,
  { isOwner }: { readonly isOwner: boolean },
): Promise<string | undefined> {
  if (!isTrue((request.query as { download?: string }).download)) return undefined;
  const { title, song } = await findVideoNames(database, key);
  return attachmentOf({ title: isOwner ? title : null, song, key });
}
