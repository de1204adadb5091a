import type { ObjectFacts, ObjectStore } from '@bachata-buddy/storage';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseByteRange } from './byte-range.ts';
import { refused } from './http-answer.ts';
import { isRangeWanted, judgePreconditions } from './preconditions.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  aac: 'audio/aac',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  jpg: 'image/jpeg',
  png: 'image/png',
  vtt: 'text/vtt; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

const CHANGED = 'The file is not the one that the request is about.';

/** A refusal says nothing of the file to anybody else. */
const OF_THIS_REQUEST = { 'cache-control': 'no-store' };

export interface SendObjectOptions {
  readonly store: ObjectStore;
  readonly key: string;
  readonly facts: ObjectFacts;
  readonly cacheControl: string;
  /** Where it is to be kept as a file: its `Content-Disposition`. */
  readonly attachment?: string | undefined;
}

/**
 * Answers GET and HEAD with an object: 412 where a condition is not met, 304 where the caller has it already, 206 for
 * one range, 416 for a range outside of it, else 200 (RFC 9110, sections 13 to 15). Of a HEAD no range is looked at.
 */
export async function sendObject(
  request: FastifyRequest,
  reply: FastifyReply,
  { store, key, facts, cacheControl, attachment }: SendObjectOptions,
): Promise<FastifyReply> {
  const etag = `"${facts.etag.replaceAll('"', '')}"`;
  void reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': cacheControl,
    etag,
    'last-modified': facts.updatedAt.toUTCString(),
  });
  const { headers, method } = request;
  const validators = { etag, lastModified: facts.updatedAt };
  const verdict = judgePreconditions(headers, validators);
  if (verdict === 'not-modified') return reply.code(304).send();
  if (verdict === 'failed') throw refused('PRECONDITION_FAILED', CHANGED, OF_THIS_REQUEST);
  const name = key.slice(key.lastIndexOf('/') + 1);
  void reply.type(
    CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
  );
  const shown = `inline; filename="${name.replace(/[^\w.-]/g, '_')}"`;
  void reply.header('content-disposition', attachment ?? shown);

  const isWanted = method === 'GET' && isRangeWanted(headers['if-range'] as string | undefined, validators);
  const range = parseByteRange(isWanted ? headers.range : undefined, facts.sizeBytes);
  if (range.kind === 'unsatisfiable') {
    void reply.removeHeader('content-disposition').header('content-range', `bytes */${facts.sizeBytes}`);
    throw refused('RANGE_UNSATISFIABLE', 'The range is outside the file.', OF_THIS_REQUEST);
  }
  const start = range.kind === 'part' ? range.start : 0;
  const end = range.kind === 'part' ? range.end : facts.sizeBytes - 1;
  void reply.code(range.kind === 'part' ? 206 : 200).header('content-length', end - start + 1);
  if (range.kind === 'part') void reply.header('content-range', `bytes ${start}-${end}/${facts.sizeBytes}`);
  if (method === 'HEAD' || facts.sizeBytes === 0) return reply.send();
  return reply.send(await store.openRead(key, { start, end }));
}
