import { createHmac } from 'node:crypto';

export interface CdnSigningKey {
  readonly name: string;
  /** 128 bits. */
  readonly secret: Buffer;
}

/**
 * A URL that Cloud CDN serves until it expires: `Expires`, `KeyName` and the HMAC-SHA1 of all that stands before
 * `&Signature=`, in base64 for URLs with its padding.
 *
 * Source: cloud.google.com/cdn/docs/using-signed-urls
 *
 * @param url absolute, without a fragment and without these three parameters
 */
export function signCdnUrl(url: string, { name, secret }: CdnSigningKey, expiresAt: Date): string {
  const expiresSec = Math.floor(expiresAt.getTime() / 1000);
  const signedPart = `${url}${url.includes('?') ? '&' : '?'}Expires=${expiresSec}&KeyName=${name}`;
  const hash = createHmac('sha1', secret).update(signedPart).digest('base64');
  return `${signedPart}&Signature=${hash.replaceAll('+', '-').replaceAll('/', '_')}`;
}
