import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { ObjectStore } from '@bachata-buddy/storage';
import {
  CLIP_PREFIX,
  MEDIA_PATH,
  PREPARED_CLIP_PREFIX,
  PREPARED_SONG_PREFIX,
  SONG_PREFIX,
  storageKeyFault,
} from '@bachata-buddy/vocabulary';
import type { Config } from './config.ts';
import type { Playback } from './playback.ts';

/** Where this service sends what an address is signed for; behind it stands a storage key. */
export const SIGNED_PREFIX = 'private/';
/** Of clips and songs alone: videos have addresses of their own. */
const SIGNABLE_PREFIXES = [PREPARED_CLIP_PREFIX, PREPARED_SONG_PREFIX, CLIP_PREFIX, SONG_PREFIX];
/** Names what the secret is used for, so that no other use of it makes the same signatures. */
const KEY_LABEL = 'bachata-buddy signed media v1';
const KEY_BYTES = 32;
/** Of addresses of this kind, whatever those of videos last. */
const MAX_LIFETIME_SEC = 3_600;
/** Addresses that are asked for soon after each other end together: those of this service are the same, so that a browser has
 * their files already. */
const SAME_FOR_SEC = 300;

export interface SignedMediaOptions {
  /** Of tokens: the present one signs, the others are known still. */
  readonly secrets: readonly [string, ...string[]];
  /** How long addresses work, in seconds; an hour at most. */
  readonly lifetimeSec: number;
  /** The address under which this service sends what storage has. */
  readonly mediaUrlOf: Playback['mediaUrlOf'];
  /** Of a bucket that signs addresses itself. */
  readonly bucketUrlOf?: ((key: string, expiresAt: Date) => Promise<string | null>) | undefined;
}

type SigningConfig = Pick<
  Config,
  'STORAGE' | 'GCS_SIGNED_URLS' | 'SIGNED_URL_TTL_SEC' | 'JWT_SECRET' | 'JWT_SECRET_PREVIOUS'
>;

/** As it is configured: addresses of the bucket, where it signs (`GCS_SIGNED_URLS`), else of this service. */
export function openSignedMedia(
  config: SigningConfig,
  { store, playback }: { readonly store: ObjectStore; readonly playback: Pick<Playback, 'mediaUrlOf'> },
): SignedMedia {
  const { JWT_SECRET: secret, JWT_SECRET_PREVIOUS: previous, SIGNED_URL_TTL_SEC: lifetimeSec } = config;
  const isOfBucket = config.STORAGE === 'gcs' && config.GCS_SIGNED_URLS;
  return makeSignedMedia({
    secrets: previous === undefined ? [secret] : [secret, previous],
    lifetimeSec,
    mediaUrlOf: playback.mediaUrlOf,
    bucketUrlOf: isOfBucket ? (key, expiresAt) => store.signedUrl(key, expiresAt) : undefined,
  });
}

/** An address under `/media/private/`, as it comes in. */
export interface SignedAddress {
  readonly key: string;
  readonly expires: string;
  readonly signature: string;
}

/** Addresses where whoever has them may read one clip or one song, for a while. */
export interface SignedMedia {
  /** When addresses of now end; the same for some minutes. */
  expiry(): Date;
  /** @throws AppError `STORAGE_FAILED` where the bucket's own address could not be signed */
  urlOf(key: string, expiresAt: Date): Promise<string>;
  /** When the address ends, if this service has signed it and it works still; else null. */
  check(address: SignedAddress): Date | null;
}

/**
 * Signs addresses of clips and songs; those of this service by HMAC over the key and the end, with a key that is derived
 * from the secret of tokens (RFC 5869).
 */
export function makeSignedMedia(options: SignedMediaOptions): SignedMedia {
  const { secrets, mediaUrlOf, bucketUrlOf } = options;
  const lifetimeSec = Math.min(options.lifetimeSec, MAX_LIFETIME_SEC);
  const [signingKey, ...olderKeys] = [deriveKey(secrets[0]), ...secrets.slice(1).map(deriveKey)] as const;

  return {
    expiry: () => {
      const atSec = Date.now() / 1_000 + lifetimeSec;
      const sameForSec = Math.min(SAME_FOR_SEC, Math.floor(lifetimeSec / 2));
      return new Date(Math.floor(atSec / sameForSec) * sameForSec * 1_000);
    },

    async urlOf(key, expiresAt) {
      const ofBucket = await bucketUrlOf?.(key, expiresAt);
      if (typeof ofBucket === 'string') return ofBucket;
      const expires = String(expiresAt.getTime() / 1_000);
      const signature = sign(signingKey, key, expires).toString('base64url');
      const path = key.split('/').map(encodeURIComponent).join('/');
      return mediaUrlOf(`${SIGNED_PREFIX}${path}?expires=${expires}&signature=${signature}`);
    },

    check({ key, expires, signature }) {
      if (!/^\d{1,12}$/.test(expires) || !isSignable(key)) return null;
      const given = Buffer.from(signature, 'base64url');
      const isOurs = [signingKey, ...olderKeys].some((known) => isSame(sign(known, key, expires), given));
      const expiresAt = new Date(Number(expires) * 1_000);
      return isOurs && expiresAt.getTime() > Date.now() ? expiresAt : null;
    },
  };
}

/** The path under which addresses of this service begin, as a log may show it. */
export const SIGNED_PATH = `${MEDIA_PATH}${SIGNED_PREFIX}`;

function isSignable(key: string): boolean {
  return storageKeyFault(key) === null && SIGNABLE_PREFIXES.some((prefix) => key.startsWith(prefix));
}

function deriveKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', KEY_LABEL, KEY_BYTES));
}

/** The end has digits alone: no other key and end make the same text. */
function sign(signingKey: Buffer, key: string, expires: string): Buffer {
  return createHmac('sha256', signingKey).update(`${expires}\n${key}`).digest();
}

/** In the same time, wherever they differ. */
function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
