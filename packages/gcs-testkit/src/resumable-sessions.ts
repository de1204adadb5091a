import { randomUUID } from 'node:crypto';
import { ApiError, invalid } from './api-error.ts';
import type { ObjectMetadata, ObjectTable, StoredObject } from './object-table.ts';

/** Content is kept in multiples of this; only the last part of an upload may have another length. */
const GRANULE_BYTES = 256 * 1024;

interface Session {
  readonly bucket: string;
  readonly name: string;
  readonly query: URLSearchParams;
  readonly metadata: ObjectMetadata;
  received: Buffer;
  completed: StoredObject | undefined;
}

export type SessionState =
  | { readonly kind: 'complete'; readonly object: StoredObject }
  /** How many bytes from the beginning are kept. */
  | { readonly kind: 'incomplete'; readonly keptBytes: number };

/** Resumable uploads (cloud.google.com/storage/docs/performing-resumable-uploads). */
export class ResumableSessions {
  readonly #sessions = new Map<string, Session>();
  readonly #table: ObjectTable;

  constructor(table: ObjectTable) {
    this.#table = table;
  }

  /** @returns the session's id */
  start(bucket: string, name: string, query: URLSearchParams, metadata: ObjectMetadata): string {
    this.#table.checkWritePreconditions(bucket, name, query);
    const id = randomUUID();
    this.#sessions.set(id, {
      bucket,
      name,
      query,
      metadata,
      received: Buffer.alloc(0),
      completed: undefined,
    });
    return id;
  }

  /** Uploads that were begun and neither completed nor cancelled. */
  get openCount(): number {
    return [...this.#sessions.values()].filter(({ completed }) => completed === undefined).length;
  }

  cancel(id: string): void {
    this.#sessions.delete(id);
  }

  /** A part of the content, or (an empty body and `bytes *\/N`) the question how much has arrived. */
  receive(
    id: string,
    headers: { contentRange: string | undefined; hash: string | undefined },
    body: Buffer,
  ): SessionState {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new ApiError(404, 'notFound', 'No such upload session.');
    if (session.completed !== undefined) return { kind: 'complete', object: session.completed };
    const { startByte, totalBytes } = parseContentRange(headers.contentRange, body.length);
    if (startByte !== undefined) {
      if (startByte > session.received.length) throw invalid('The range leaves a gap.');
      const fresh = body.subarray(session.received.length - startByte);
      session.received = Buffer.concat([session.received, fresh]);
    }
    if (totalBytes === session.received.length) return this.#complete(id, session, headers.hash);
    if (totalBytes !== undefined && session.received.length > totalBytes)
      throw invalid('More bytes than the upload has.');
    if (startByte !== undefined && body.length < GRANULE_BYTES)
      throw invalid(`A part that is not the last has at least ${GRANULE_BYTES} bytes.`);
    const keptBytes = session.received.length - (session.received.length % GRANULE_BYTES);
    session.received = session.received.subarray(0, keptBytes);
    return { kind: 'incomplete', keptBytes };
  }

  #complete(id: string, session: Session, hash: string | undefined): SessionState {
    try {
      const { bucket, name, query, received: bytes } = session;
      const metadata = { ...session.metadata, ...sumsOf(hash) };
      session.completed = this.#table.put({ bucket, name, query, bytes, metadata });
      return { kind: 'complete', object: session.completed };
    } catch (thrown) {
      // Too often is for later; any other refusal ends the session.
      if (!(thrown instanceof ApiError && thrown.status === 429)) this.#sessions.delete(id);
      throw thrown;
    }
  }
}

/** `bytes 0-99/100`, `bytes 0-99/*`, `bytes 0-*\/100`, `bytes 0-*\/*`; without a start: `bytes *\/100`, `bytes *\/*`. */
function parseContentRange(
  header: string | undefined,
  bodyBytes: number,
): { startByte: number | undefined; totalBytes: number | undefined } {
  const match = /^bytes (?:(\d+)-(\d+|\*)|\*)\/(\d+|\*)$/.exec(header ?? '');
  if (match === null) throw invalid(`Invalid Content-Range: ${header}`);
  const [, first, last, total] = match;
  const isOpenEnded = last === '*' && total === '*';
  const totalBytes = total === '*' ? undefined : Number(total);
  if (first === undefined) return { startByte: undefined, totalBytes: undefined };
  const startByte = Number(first);
  if (last !== '*' && Number(last) - startByte + 1 !== bodyBytes)
    throw invalid(`Content-Range says ${header}, but the body has ${bodyBytes} bytes.`);
  return { startByte, totalBytes: isOpenEnded ? startByte + bodyBytes : totalBytes };
}

/** `crc32c=...,md5=...` */
function sumsOf(hash: string | undefined): ObjectMetadata {
  const sums = new Map(
    (hash ?? '').split(',').map((pair): [string, string] => {
      const [kind = '', ...rest] = pair.trim().split('=');
      return [kind, rest.join('=')];
    }),
  );
  const [crc, md5] = [sums.get('crc32c'), sums.get('md5')];
  return { ...(crc === undefined ? {} : { crc32c: crc }), ...(md5 === undefined ? {} : { md5Hash: md5 }) };
}
