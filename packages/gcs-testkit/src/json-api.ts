import { ApiError, invalid, unauthorized } from './api-error.ts';
import type { TokenService } from './credentials.ts';
import { parseMultipart } from './multipart-body.ts';
import { mediaHeaders, objectResource } from './object-resource.ts';
import type { ObjectMetadata, ObjectTable, StoredObject } from './object-table.ts';
import type { Permissions } from './permissions.ts';
import type { ResumableSessions, SessionState } from './resumable-sessions.ts';

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export interface JsonApiParts {
  readonly table: ObjectTable;
  readonly sessions: ResumableSessions;
  readonly tokens: TokenService;
  readonly permissions: Permissions;
}

/** Whoever asks, and what is there. */
interface Caller extends JsonApiParts {
  readonly account: string;
}

const RESUME_INCOMPLETE = 308;
const DEFAULT_PAGE_SIZE = 1_000;

/**
 * The part of the JSON API that deals with objects. Null where the address is none of its own.
 *
 * @throws ApiError
 */
export function answerJsonApi(parts: JsonApiParts, request: ApiRequest): ApiAnswer | null {
  const match = /^\/(?:(upload|download)\/)?storage\/v1\/b\/([^/]+)(?:\/o(?:\/([^/]+))?)?$/.exec(
    request.url.pathname,
  );
  if (match === null) return null;
  const [, kind, bucketPart = '', namePart] = match;
  const bucket = decodeURIComponent(bucketPart);
  const sessionId = request.url.searchParams.get('upload_id');
  // Whoever has a session's address may use it: it is the credential.
  if (kind === 'upload' && sessionId !== null) return answerSession(parts, request, bucket, sessionId);
  const account = parts.tokens.accountOf(request.headers.authorization);
  if (account === undefined) throw unauthorized();
  const caller: Caller = { ...parts, account };
  if (kind === 'upload') return answerUpload(caller, request, bucket);
  if (namePart === undefined) return answerBucket(caller, request, bucket);
  return answerObject(caller, request, bucket, decodeURIComponent(namePart));
}

function answerSession(
  { sessions }: JsonApiParts,
  { method, url, headers, body }: ApiRequest,
  bucket: string,
  id: string,
): ApiAnswer {
  if (method === 'DELETE') {
    sessions.cancel(id);
    return { status: 499 };
  }
  const state = sessions.receive(
    id,
    { contentRange: headers['content-range'], hash: headers['x-goog-hash'] },
    body,
  );
  return answerState(url.origin, bucket, state);
}

function answerState(origin: string, bucket: string, state: SessionState): ApiAnswer {
  if (state.kind === 'complete') return json(objectResource(origin, bucket, state.object));
  const headers: Record<string, string> =
    state.keptBytes === 0 ? {} : { range: `bytes=0-${state.keptBytes - 1}` };
  return { status: RESUME_INCOMPLETE, headers: { ...headers, 'x-http-status-code-override': '308' } };
}

/** To replace an object takes the right to delete it, and nobody without that is told whether a condition held. */
function demandWrite({ table, permissions, account }: Caller, bucket: string, name: string): void {
  permissions.demand(account, 'storage.objects.create', bucket, name);
  if (table.objectsOf(bucket).has(name)) permissions.demand(account, 'storage.objects.delete', bucket, name);
}

function answerUpload(caller: Caller, request: ApiRequest, bucket: string): ApiAnswer {
  const { table, sessions } = caller;
  const { url, headers, body } = request;
  const query = url.searchParams;
  const name = query.get('name');
  if (query.get('uploadType') === 'multipart') {
    const { metadata, bytes } = parseMultipart(headers['content-type'], body);
    const objectName = required(name ?? metadata.name);
    demandWrite(caller, bucket, objectName);
    const object = table.put({ bucket, name: objectName, bytes, metadata, query });
    return json(objectResource(url.origin, bucket, object));
  }
  if (query.get('uploadType') !== 'resumable') throw invalid('Unknown uploadType.');
  const given = (body.length === 0 ? {} : JSON.parse(body.toString('utf8'))) as ObjectMetadata;
  const contentType = headers['x-upload-content-type'];
  const metadata = contentType === undefined ? given : { ...given, contentType };
  demandWrite(caller, bucket, required(name));
  const id = sessions.start(bucket, required(name), query, metadata);
  const location = `${url.origin}/upload/storage/v1/b/${encodeURIComponent(bucket)}/o?uploadType=resumable&upload_id=${id}`;
  return { status: 200, headers: { location } };
}

function required(name: string | null | undefined): string {
  if (name === null || name === undefined || name === '') throw invalid('Required parameter: name');
  return name;
}

function answerBucket(
  { table, permissions, account }: Caller,
  { url }: ApiRequest,
  bucket: string,
): ApiAnswer {
  const objects = table.objectsOf(bucket);
  const isList = url.pathname.endsWith('/o');
  permissions.demand(account, isList ? 'storage.objects.list' : 'storage.buckets.get', bucket);
  if (!isList) return json({ kind: 'storage#bucket', id: bucket, name: bucket });
  const query = url.searchParams;
  const names = [...objects.keys()].filter((name) => name.startsWith(query.get('prefix') ?? '')).sort();
  const after = Buffer.from(query.get('pageToken') ?? '', 'base64url').toString();
  const rest = names.filter((name) => name > after);
  const page = rest.slice(0, Number(query.get('maxResults') ?? DEFAULT_PAGE_SIZE));
  const last = page.at(-1) ?? '';
  return json({
    kind: 'storage#objects',
    items: page.map((name) => objectResource(url.origin, bucket, table.get(bucket, name))),
    ...(page.length < rest.length ? { nextPageToken: Buffer.from(last).toString('base64url') } : {}),
  });
}

function answerObject(
  caller: Caller,
  { method, url, headers }: ApiRequest,
  bucket: string,
  name: string,
): ApiAnswer {
  const { table, permissions, account } = caller;
  if (method === 'DELETE') {
    permissions.demand(account, 'storage.objects.delete', bucket, name);
    table.remove(bucket, name, url.searchParams);
    return { status: 204 };
  }
  if (method !== 'GET') throw invalid('Not part of this server.');
  permissions.demand(account, 'storage.objects.get', bucket, name);
  const object = getOrHide(caller, bucket, name, url.searchParams);
  if (url.searchParams.get('alt') === 'media') return answerMedia(object, headers.range);
  return json(objectResource(url.origin, bucket, object));
}

/** Whoever may not list the bucket is not told that an object is absent. */
function getOrHide(
  { table, permissions, account }: Caller,
  bucket: string,
  name: string,
  query: URLSearchParams,
): StoredObject {
  try {
    return table.get(bucket, name, query);
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 404) {
      permissions.demand(account, 'storage.objects.list', bucket);
    }
    throw thrown;
  }
}

/** An object's content, or one range of it (RFC 9110, section 14). */
export function answerMedia(object: StoredObject, range: string | undefined): ApiAnswer {
  const { bytes } = object;
  const headers = mediaHeaders(object);
  const [, first, last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined || (first === '' && last === '')) return { status: 200, headers, body: bytes };
  const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  if (start > end) return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(start, end + 1),
  };
}

export function json(body: object): ApiAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
