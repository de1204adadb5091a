import { createHash, createHmac, createVerify, type KeyObject, timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error.ts';

const denied = (message: string) => new ApiError(403, 'forbidden', message);

/**
 * The signature of Cloud CDN: HMAC-SHA1 of all that stands before it, base64url with its padding
 * (cloud.google.com/cdn/docs/using-signed-urls).
 */
export function cdnSignatureOf(signedPart: string, key: Buffer): string {
  return createHmac('sha1', key)
    .update(signedPart)
    .digest('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Refuses a request that carries a wrong or expired signature, or none. @throws ApiError 403 */
export function verifyCdnUrl(url: string, keys: Readonly<Record<string, Buffer>>): void {
  const match = /^(.*)&Signature=([^&]+)$/.exec(url);
  const [, signedPart = '', signature = ''] = match ?? [];
  const query = new URL(url).searchParams;
  const key = keys[query.get('KeyName') ?? ''];
  if (match === null || key === undefined) throw denied('The signature is missing.');
  const prefix = query.get('URLPrefix');
  const scope = prefix === null ? undefined : Buffer.from(prefix, 'base64url').toString();
  if (scope !== undefined && !url.startsWith(scope)) throw denied('The prefix is another.');
  const policy = prefix === null ? signedPart : signedPart.slice(signedPart.indexOf('URLPrefix='));
  const expected = Buffer.from(cdnSignatureOf(policy, key));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw denied('The signature is wrong.');
  if (Number(query.get('Expires')) * 1000 <= Date.now()) throw denied('The URL has expired.');
}

/**
 * Refuses a V4 signed URL that is wrong or expired
 * (cloud.google.com/storage/docs/access-control/signed-urls, docs/authentication/canonical-requests).
 *
 * @throws ApiError 400, 403
 */
export function verifyV4Url(
  request: { method: string; url: URL; headers: Readonly<Record<string, unknown>> },
  publicKeys: Readonly<Record<string, KeyObject>>,
): void {
  const { method, url } = request;
  const query = url.searchParams;
  const [email = '', day, location, service, terminator] = (query.get('X-Goog-Credential') ?? '').split('/');
  const publicKey = publicKeys[email];
  const date = query.get('X-Goog-Date') ?? '';
  const isWellFormed =
    query.get('X-Goog-Algorithm') === 'GOOG4-RSA-SHA256' &&
    [service, terminator].join('/') === 'storage/goog4_request' &&
    date.startsWith(day ?? '-');
  if (!isWellFormed || publicKey === undefined) throw denied('The signature is missing.');
  const scope = [day, location, service, terminator].join('/');
  const signedHeaders = query.get('X-Goog-SignedHeaders') ?? '';
  // The real one answers on the port of its scheme, which a client leaves out of its host.
  const headers: Readonly<Record<string, unknown>> = { ...request.headers, host: url.hostname };
  const canonicalHeaders = signedHeaders
    .split(';')
    .map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
    .join('');
  const canonicalQuery = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !pair.startsWith('X-Goog-Signature='))
    .sort()
    .join('&');
  const canonical = [
    method,
    url.pathname,
    canonicalQuery,
    canonicalHeaders,
    signedHeaders,
    'UNSIGNED-PAYLOAD',
  ];
  const hash = createHash('sha256').update(canonical.join('\n')).digest('hex');
  const text = ['GOOG4-RSA-SHA256', date, scope, hash].join('\n');
  const signature = Buffer.from(query.get('X-Goog-Signature') ?? '', 'hex');
  if (!createVerify('RSA-SHA256').update(text).verify(publicKey, signature))
    throw denied('The request signature we calculated does not match the signature you provided.');
  checkV4Age(date, Number(query.get('X-Goog-Expires')));
}

const MAX_V4_SECONDS = 604_800;

function checkV4Age(date: string, expiresSec: number): void {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  if (!(expiresSec > 0 && expiresSec <= MAX_V4_SECONDS))
    throw new ApiError(400, 'invalid', 'X-Goog-Expires is out of range.');
  if (Date.parse(iso) + expiresSec * 1000 <= Date.now()) throw new ApiError(400, 'invalid', 'ExpiredToken');
}
