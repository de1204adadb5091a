import { type Database, noteUpload, uploadedBytes } from '@bachata-buddy/database';
import type { FastifyReply } from 'fastify';
import { HttpAnswer } from '../http/http-answer.ts';

export const UPLOADS_USED_HEADER = 'x-uploads-used-bytes';
export const UPLOAD_QUOTA_HEADER = 'x-uploads-quota-bytes';
export const QUOTA_EXAMPLE = textOf({ usedBytes: 1_990_000_000, quotaBytes: 2_000_000_000 });

interface Usage {
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

/** Refuses before anything is received. @throws HttpAnswer 413 where a user's videos and songs take all that they may */
export async function ensureQuota(database: Database, userId: number, quotaBytes: number): Promise<void> {
  const usedBytes = await uploadedBytes(database, userId);
  if (usedBytes >= quotaBytes) throw overQuota({ usedBytes, quotaBytes });
}

/**
 * Notes a video or a song before it is stored, and tells in the answer what the user's take, of how much.
 *
 * @throws HttpAnswer 413 where there is no room for it
 */
export async function takeQuota(
  { database, reply }: { readonly database: Database; readonly reply: FastifyReply },
  upload: {
    readonly key: string;
    readonly userId: number;
    readonly sizeBytes: number;
    readonly quotaBytes: number;
  },
): Promise<void> {
  const { isNoted, usedBytes } = await noteUpload(database, upload);
  const usage = { usedBytes, quotaBytes: upload.quotaBytes };
  if (!isNoted) throw overQuota(usage);
  void reply.headers(headersOf(usage));
}

function overQuota(usage: Usage): HttpAnswer {
  const body = { detail: textOf(usage) };
  return new HttpAnswer({ code: 'UPLOAD_QUOTA', body, headers: headersOf(usage) });
}

function headersOf({ usedBytes, quotaBytes }: Usage): Record<string, string> {
  return { [UPLOADS_USED_HEADER]: String(usedBytes), [UPLOAD_QUOTA_HEADER]: String(quotaBytes) };
}

function textOf({ usedBytes, quotaBytes }: Usage): string {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  return `Your own videos and songs take ${megabytes(usedBytes)} of ${megabytes(quotaBytes)}: there is no room for this one. What you delete or replace makes room after some hours.`;
}
